import { CorruptData } from "./corrupt-data";
import { FORM, openReader, openWriter, readCount, seal } from "./envelope";
import { checkOrder, requireOrder } from "./instants";
import { readNumbers, writeNumbers } from "./numbers";
import { requireNumbers } from "./require-numbers";

/** Rollups of one series in order of time, as columns of equal length. `at` is when a bucket begins, in epoch milliseconds. */
export interface Buckets {
  readonly at: Float64Array;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
}

/** Thirty years of hours. */
const MAX_BUCKETS = 1 << 18;

/** @throws RangeError for NaN, instants out of order, columns of different lengths, and more than 2^18 buckets */
export function encodeBuckets({ at, count, sum, min, max, last }: Buckets): Uint8Array {
  const figures = [count, sum, min, max, last];
  if (at.length > MAX_BUCKETS || figures.some(({ length }) => length !== at.length))
    throw new RangeError(
      `Buckets have ${[at, ...figures].map(({ length }) => length).join(", ")} entries: all alike, and at most ${MAX_BUCKETS}.`,
    );
  requireOrder(at);
  for (const column of figures) requireNumbers(column);
  const writer = openWriter(FORM.buckets, 64 + 12 * at.length);
  writer.varint(at.length);
  for (const column of [at, ...figures]) writeNumbers(writer, column, true);
  return seal(writer);
}

/** Arrays of exactly the encoded length. @throws CorruptData */
export function decodeBuckets(data: Uint8Array): Buckets {
  const reader = openReader(data, FORM.buckets);
  const length = readCount(reader);
  if (length > MAX_BUCKETS)
    throw new CorruptData(`Stored data claims to hold ${length} buckets; ${MAX_BUCKETS} is the most.`);
  const at = readNumbers(reader, length);
  const count = readNumbers(reader, length);
  const sum = readNumbers(reader, length);
  const min = readNumbers(reader, length);
  const max = readNumbers(reader, length);
  const last = readNumbers(reader, length);
  reader.end();
  checkOrder(at);
  return { at, count, sum, min, max, last };
}
