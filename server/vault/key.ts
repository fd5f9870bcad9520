import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { Secret } from "../secrets";

/** What secrets are encrypted under. Its id says which one it is, and nothing about it. */
export interface Key {
  /** Twelve hexadecimal digits. */
  readonly id: string;
  readonly cipher: Secret<Buffer>;
}

const BYTES = 32;
const HOW_TO = "Make one with `openssl rand -base64 32`.";

/** Tells whoever has the key that this text was written by somebody who has it. As base64url. */
export function sign({ cipher }: Key, text: string): string {
  const own = Buffer.from(hkdfSync("sha256", cipher.reveal(), "", "unity signature 1", BYTES));
  return createHmac("sha256", own).update(text).digest("base64url");
}

/** As it stands in a key file, to be made a key by `readKey`. */
export const makeKeyText = (): string => randomBytes(BYTES).toString("base64");

/** @param where what the text was read from, for people @throws Error that says what a key is, never what was given */
export function readKey(text: string, where: string): Key {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  // Buffer passes over what is no base64: a mistyped key would be another one.
  if (bytes.length !== BYTES || !/^([0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i.test(text))
    throw new Error(`${where} holds no key: it must be 32 bytes as base64 or 64 hexadecimal digits. ${HOW_TO}`);
  // Of its own for each use: an id that is shown must not come from what encrypts.
  const cipher = Buffer.from(hkdfSync("sha256", bytes, "", "unity secrets 1", BYTES));
  const id = createHmac("sha256", bytes).update("unity key id 1").digest("hex").slice(0, 12);
  return { id, cipher: new Secret(cipher) };
}

/** A key a line, the one in use first. Empty lines and those that begin with # say nothing. @throws as `readKey` */
export const readKeys = (text: string, where: string): Key[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => readKey(line, where));
