/** Half a megabyte: every column of a full batch. */
const SHARED_NUMBERS = 1 << 16;

let shared = new Float64Array(0);
let used = 0;

/** From here on, nothing that was taken before is looked at any more. */
export function clearScratch(): void {
  used = 0;
}

/**
 * A column that an encoder needs until it is done, with whatever was in it before. Encoders run from beginning to end, one after the
 * other, and share its memory: as arrays of their own, columns would be a gigabyte for ten million samples, for which the collector
 * stops the process again and again.
 */
export function takeScratch(length: number): Float64Array {
  if (used + length > SHARED_NUMBERS) return new Float64Array(length);
  if (shared.length === 0) shared = new Float64Array(SHARED_NUMBERS);
  const start = used;
  used += length;
  return shared.subarray(start, used);
}
