import type { Tone } from "@/components/ui/tones";

/** As the server has it, `server/backup/passphrase-rule.ts`. */
const LEAST_LENGTH = 12;
/** Of a word that somebody thinks of: one of two thousand. */
const WORD_BITS = 11;

export interface Strength {
  /** Of three. */
  readonly level: 0 | 1 | 2 | 3;
  readonly tone: Tone;
  /** What it is, and what would make it better. */
  readonly words: string;
}

/**
 * How long somebody guesses who has the file, roughly: each guess costs 64 MB and a third of a second. A hint while it is typed, no promise:
 * what is in a book or a song is found sooner.
 */
export function strengthOf(passphrase: string): Strength {
  const length = [...passphrase].length;
  if (length < LEAST_LENGTH) {
    const left = LEAST_LENGTH - length;
    const more = `${left} more ${left === 1 ? "character" : "characters"}`;
    return { level: 0, tone: "unknown", words: length === 0 ? `At least ${LEAST_LENGTH} characters.` : `${more}.` };
  }
  const bits = bitsOf(passphrase);
  if (bits < 33)
    return { level: 1, tone: "bad", words: "Weak: found in days. Add words that have nothing to do with each other." };
  if (bits < 44) return { level: 2, tone: "warn", words: "Fair: found in years. One more word makes it strong." };
  return { level: 3, tone: "ok", words: "Strong, unless it is a quotation." };
}

/** The words of it as words, everything else letter by letter; what comes again counts once. */
function bitsOf(passphrase: string): number {
  const parts = passphrase.toLowerCase().match(/\p{L}{3,}|\p{N}+|[^\p{L}\p{N}\s]+|\p{L}{1,2}/gu) ?? [];
  let bits = 0;
  for (const part of new Set(parts)) {
    const different = new Set(part).size;
    if (/^\p{L}{3,}$/u.test(part)) bits += different < 3 ? different : WORD_BITS + Math.max(0, part.length - 12);
    else bits += different * (/^\p{N}/u.test(part) ? 3 : 5);
  }
  return bits;
}
