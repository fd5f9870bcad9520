import type { z } from "zod";
import { listSecrets } from "./list-secrets";
import { maskTexts } from "./mask-texts";
import { mapTexts } from "./vault/map-texts";

/** Shorter ones are found inside words that are none. */
const SHORTEST = 4;
/** What is this long in a secret address is a secret itself: a token between slashes. */
const SHORTEST_PART = 8;

/** Takes a configuration's secrets out of what somebody reads, a text or plain values with texts, however they are written there. */
export function createRedactor(schema: z.core.$ZodType, config: Readonly<Record<string, unknown>>) {
  const secrets = listSecrets(schema, config).flatMap((secret) => [secret, ...partsOf(secret)]);
  const known = secrets.filter((secret) => secret.length >= SHORTEST);
  if (known.length === 0) return <T>(words: T): T => words;
  return <T>(words: T): T => mapTexts(maskTexts(words, known), undefined, (text) => text.replace(/\*{4,}/g, "***"));
}

/** Of an address that is secret as a whole: its path, and each long piece of it. */
function partsOf(secret: string): string[] {
  if (!URL.canParse(secret)) return secret.split("\n").filter((line) => line.length >= SHORTEST_PART);
  const { pathname, search, searchParams, username, password } = new URL(secret);
  const pieces = [...pathname.split("/"), ...searchParams.values(), decoded(username), decoded(password)];
  return [`${pathname}${search}`, pathname, ...pieces].filter((piece) => piece.length >= SHORTEST_PART);
}

/** A password may look like an address whose % begin no signs. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
