export const ENCODINGS = ["utf-8", "latin1", "utf-16le"] as const;
export type Encoding = (typeof ENCODINGS)[number];

interface CutOptions {
  readonly encoding: Encoding;
  /** The chunk begins within a line whose beginning was taken already: the rest of it is passed over. */
  readonly skipping: boolean;
  readonly maxLineBytes: number;
  readonly maxLines: number;
  /** Nothing comes after this chunk, so that its last line is whole also without an end. */
  readonly final: boolean;
}
interface Cut {
  readonly lines: readonly string[];
  /** Bytes of the chunk that are done with. What follows is the beginning of a line, or more than `maxLines`. */
  readonly used: number;
  readonly skipping: boolean;
  /** Lines that were longer than the limit, and cut there. */
  readonly cut: number;
}

export const unitOf = (encoding: Encoding) => (encoding === "utf-16le" ? 2 : 1);

/** Cuts a chunk of a text file into lines. Bytes that are no text become U+FFFD; a line without end is cut at the limit. */
export function cutLines(chunk: Uint8Array, options: CutOptions): Cut {
  const { encoding, maxLineBytes, maxLines, final } = options;
  const unit = unitOf(encoding);
  const decoder = new TextDecoder(encoding);
  const whole = chunk.length - (chunk.length % unit);
  const lines: string[] = [];
  let { skipping } = options;
  let cut = 0;
  let at = 0;
  const take = (end: number) => {
    if (end - at > maxLineBytes) cut += 1;
    const bytes = chunk.subarray(at, Math.min(end, at + maxLineBytes));
    lines.push(decoder.decode(bytes).replace(/\r$/, ""));
  };
  if (skipping) {
    const end = findNewline(chunk, 0, unit);
    if (end < 0) return { lines, used: final ? chunk.length : whole, skipping: !final, cut };
    at = end + unit;
    skipping = false;
  }
  while (lines.length < maxLines) {
    at = skipHole(chunk, at, unit);
    const end = findNewline(chunk, at, unit);
    if (end >= 0) {
      take(end);
      at = end + unit;
      continue;
    }
    const left = whole - at;
    if (left >= maxLineBytes || (final && left > 0)) {
      // As long as allowed, and no end in sight.
      if (left === maxLineBytes && !final) cut += 1;
      take(whole);
      at = whole;
      skipping = !final;
    }
    break;
  }
  return { lines, used: at, skipping, cut };
}

/** Where a log was emptied under a program that goes on at its old place, the file begins with a hole of zeros. */
function skipHole(chunk: Uint8Array, from: number, unit: number): number {
  let at = from;
  if (unit === 1) while (chunk[at] === 0) at += 1;
  return at;
}

/** Index of the next line's end; -1 when there is none. @param unit bytes of a character, on whose multiples it begins */
export function findNewline(chunk: Uint8Array, from: number, unit: number): number {
  let at = chunk.indexOf(10, from);
  while (unit === 2 && at >= 0 && (at % 2 === 1 || chunk[at + 1] !== 0)) at = chunk.indexOf(10, at + 1);
  return at;
}
