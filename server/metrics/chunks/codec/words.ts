import { CorruptData } from "./corrupt-data";
import { takeScratch } from "./scratch";

/** Where the upper half of a double lies in memory: 1 on every processor that most people have. */
const UPPER = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The upper and lower 32 bits of every double, as whole numbers. */
export function splitWords(values: Float64Array): { upper: Float64Array; lower: Float64Array } {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const upper = takeScratch(values.length);
  const lower = takeScratch(values.length);
  for (let index = 0; index < values.length; index++) {
    upper[index] = words[2 * index + UPPER] ?? 0;
    lower[index] = words[2 * index + 1 - UPPER] ?? 0;
  }
  return { upper, lower };
}

/** Puts the doubles where the upper halves are. @throws CorruptData when one of them is not a number */
export function joinWords(upper: Float64Array, lower: Float64Array): void {
  const words = new Uint32Array(upper.buffer, upper.byteOffset, 2 * upper.length);
  for (let index = 0; index < upper.length; index++) {
    const high = upper[index] ?? 0;
    const low = lower[index] ?? 0;
    words[2 * index + UPPER] = high;
    words[2 * index + 1 - UPPER] = low;
    if (Number.isNaN(upper[index])) throw new CorruptData("Stored data has a value that is not a number.");
  }
}
