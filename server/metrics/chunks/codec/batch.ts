import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";
import { CorruptData } from "./corrupt-data";
import { inflateBounded } from "./deflated";
import { FORM, MAX_COUNT, openReader, openWriter, readCount, seal } from "./envelope";
import { readNumbers, writeNumbers } from "./numbers";
import { requireNumbers } from "./require-numbers";

/** Samples of many series in the order they came, as columns of equal length. Neither sorted nor free of duplicates. */
export interface Batch {
  readonly series: Float64Array;
  /** Epoch milliseconds. */
  readonly at: Float64Array;
  readonly value: Float64Array;
}

const deflate = promisify(deflateRaw);
/** The longest layout needs 8 bytes a number and two for every 128 of them. */
const MAX_BATCH_BYTES = MAX_COUNT * 3 * 8.25;

/** The first `count` samples as one blob, without DEFLATE: under 100 ns a sample. @throws RangeError for NaN, or more than 2^20 */
export function encodeBatch(series: Float64Array, at: Float64Array, value: Float64Array, count: number): Uint8Array {
  const columns = [series, at, value].map((column) => column.subarray(0, count));
  if (!(count >= 0 && count <= MAX_COUNT) || columns.some(({ length }) => length !== count))
    throw new RangeError(`${count} samples cannot be encoded of columns that hold fewer, or more than ${MAX_COUNT}.`);
  const writer = openWriter(FORM.batch, 64 + 10 * count);
  writer.varint(count);
  for (const column of columns) {
    requireNumbers(column);
    writeNumbers(writer, column, false);
  }
  return seal(writer);
}

/** What `encodeBatch` gave, deflated on the thread pool when that makes it smaller, else as it is. */
export async function deflateBatch(data: Uint8Array): Promise<Uint8Array> {
  // Into one piece: of the default 16 KB there would be several, each with its turn of the event loop.
  const deflated = await deflate(data, { level: 1, chunkSize: Math.max(1_024, data.length) });
  const writer = openWriter(FORM.deflatedBatch, deflated.length + 8);
  writer.varint(data.length);
  writer.append(deflated);
  return writer.length < data.length ? seal(writer) : data;
}

/** Reads what `encodeBatch` or `deflateBatch` gave. @throws CorruptData */
export function decodeBatch(data: Uint8Array): Batch {
  const reader = openReader(data[0] === FORM.deflatedBatch ? inflateBatch(data) : data, FORM.batch);
  const count = readCount(reader);
  const series = readNumbers(reader, count);
  const at = readNumbers(reader, count);
  const value = readNumbers(reader, count);
  reader.end();
  return { series, at, value };
}

function inflateBatch(data: Uint8Array): Uint8Array {
  const reader = openReader(data, FORM.deflatedBatch);
  const length = reader.varint();
  if (length > MAX_BATCH_BYTES) throw new CorruptData(`Stored data claims to inflate to ${length} bytes.`);
  return inflateBounded(reader.take(data.length - reader.position), length, length);
}
