import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { CorruptData } from "./corrupt-data";
import { peekTag, readIntegers, writeIntegers } from "./integers";
import { powerOf, scaleToIntegers } from "./scale";
import { clearScratch } from "./scratch";
import { joinWords, splitWords } from "./words";

/**
 * A column of doubles, bit for bit. Most of what is measured has few decimals and becomes whole numbers; the rest is split into
 * the upper and the lower 32 bits, whose upper ones change slowly.
 */
const AS_WORDS = 15;

/** @param values no NaN @param deflate whether DEFLATE may be tried: smaller, and several times slower */
export function writeNumbers(writer: ByteWriter, values: Float64Array, deflate: boolean): void {
  if (values.length === 0) return;
  clearScratch();
  const scaled = scaleToIntegers(values);
  if (scaled) {
    writeIntegers(writer, scaled.integers, scaled.decimals, deflate);
    return;
  }
  const { upper, lower } = splitWords(values);
  writer.byte(AS_WORDS);
  writeIntegers(writer, upper, 0, deflate);
  writeIntegers(writer, lower, 0, deflate);
}

/** @throws CorruptData, also when one of them is not a number */
export function readNumbers(reader: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  fillNumbers(reader, values);
  return values;
}

/** Fills `values`. @throws as `readNumbers` */
export function fillNumbers(reader: ByteReader, values: Float64Array): void {
  const power = fillScaled(reader, values);
  if (power === 1) return;
  for (let index = 0; index < values.length; index++) values[index] = (values[index] ?? 0) / power;
}

/** Fills `values` with what is to be divided by the answer. @throws as `readNumbers` */
export function fillScaled(reader: ByteReader, values: Float64Array): number {
  if (values.length === 0) return 1;
  const decimals = peekTag(reader);
  if (decimals === AS_WORDS) {
    reader.byte();
    readWords(reader, values);
    return 1;
  }
  const power = powerOf(decimals);
  if (power === undefined) throw new CorruptData(`Stored data has a column with ${decimals} decimals.`);
  readIntegers(reader, values);
  return power;
}

function readWords(reader: ByteReader, values: Float64Array): void {
  const lower = new Float64Array(values.length);
  readIntegers(reader, values);
  readIntegers(reader, lower);
  joinWords(values, lower);
}
