import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * What an API token looks like: `unity_`, 43 random letters and digits (32 bytes), and a checksum of six. Whoever looks for leaked secrets
 * finds it by its form, and knows by the checksum that it is one.
 */
const START = "unity_";
const RANDOM_BYTES = 32;
/** As many digits to the base of 62 as 32 bytes may need. */
const RANDOM_DIGITS = 43;
const CHECK_DIGITS = 6;
const FORM = /^unity_[0-9A-Za-z]{49}$/;
/** What is shown of it: enough to tell one's own apart, and none of what is hard to guess. */
const SHOWN_DIGITS = 6;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A new one, its first letters for people, and what is kept of it. */
export function makeTokenSecret(): { secret: string; prefix: string; hash: string } {
  const body = START + inDigits(BigInt(`0x${randomBytes(RANDOM_BYTES).toString("hex")}`), RANDOM_DIGITS);
  const secret = body + checksumOf(body);
  return { secret, prefix: secret.slice(0, START.length + SHOWN_DIGITS), hash: hashToken(secret) };
}

/** Whether it is written as one. What is not, was never made. */
export function isTokenSecret(text: string): boolean {
  return FORM.test(text) && checksumOf(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS);
}

/** Nothing slower is called for: nobody guesses 32 random bytes. */
export const hashToken = (secret: string): string => createHash("sha256").update(secret).digest("hex");

const checksumOf = (body: string) => inDigits(BigInt(crc32(body)), CHECK_DIGITS);

function inDigits(value: bigint, length: number): string {
  let digits = "";
  for (let left = value; digits.length < length; left /= 62n) digits = (DIGITS[Number(left % 62n)] ?? "") + digits;
  return digits;
}
