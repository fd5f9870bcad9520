import type { Secret } from "../secrets";

/** A thief tries thousands a second, for years: what is shorter is found. */
const LEAST_LENGTH = 12;

/** Of a new archive: what is wrong with it, for people; undefined: nothing. */
export const problemOfPassphrase = (passphrase: Secret): string | undefined =>
  [...passphrase.reveal()].length < LEAST_LENGTH
    ? `The passphrase is shorter than ${LEAST_LENGTH} characters. Choose a longer one: four words or more.`
    : undefined;
