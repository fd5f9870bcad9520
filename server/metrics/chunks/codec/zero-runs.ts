import type { ByteReader } from "./byte-reader";
import { type ByteWriter, putVarint, varintSize } from "./byte-writer";
import { CorruptData } from "./corrupt-data";
import { fromZigzag, toZigzag } from "./zigzag";

/** Whole numbers that are nearly always the same one: how far each is from it as a varint, and runs of it counted. */

const PROBE = 128;

/** The number that more than half of these are, by the vote of Boyer and Moore; undefined when there is none. */
export function findUsual(values: Float64Array): number | undefined {
  let candidate = 0;
  let lead = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value === candidate) lead++;
    else if (lead === 0) {
      candidate = value;
      lead = 1;
    } else lead--;
  }
  if (lead === 0) return undefined;
  let found = 0;
  for (let index = 0; index < values.length; index++) if (values[index] === candidate) found++;
  return 2 * found > values.length ? candidate : undefined;
}

/** Bytes that `writeZeroRuns` will write. */
export function zeroRunsSize(values: Float64Array, usual: number): number {
  let size = varintSize(toZigzag(usual));
  let run = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value === usual) {
      run++;
      continue;
    }
    if (run > 0) size += 1 + varintSize(run - 1);
    run = 0;
    size += varintSize(toZigzag(value - usual));
  }
  return run > 0 ? size + 1 + varintSize(run - 1) : size;
}

/** About as many, by some of the numbers, where no number is usual and hardly any run. */
export function zeroRunsGuess(values: Float64Array): number {
  const stride = Math.ceil(values.length / PROBE);
  let size = 0;
  for (let index = 0; index < values.length; index += stride) size += varintSize(toZigzag(values[index] ?? 0));
  return size * stride;
}

export function writeZeroRuns(writer: ByteWriter, values: Float64Array, usual: number, size: number): void {
  writer.reserve(size);
  const { bytes } = writer;
  let next = putVarint(bytes, writer.length, toZigzag(usual));
  for (let index = 0; index < values.length; ) {
    const value = values[index] ?? 0;
    next = putVarint(bytes, next, toZigzag(value - usual));
    const start = index++;
    if (value !== usual) continue;
    while (index < values.length && values[index] === usual) index++;
    next = putVarint(bytes, next, index - start - 1);
  }
  writer.length = next;
}

/** Fills `values`. @throws CorruptData */
export function readZeroRuns(reader: ByteReader, values: Float64Array): void {
  const usual = fromZigzag(reader.varint());
  for (let index = 0; index < values.length; ) {
    const code = reader.varint();
    if (code !== 0) {
      values[index++] = usual + fromZigzag(code);
      continue;
    }
    const run = reader.varint() + 1;
    if (run > values.length - index) throw new CorruptData(`Stored data repeats a number ${run} times, past its end.`);
    values.fill(usual, index, index + run);
    index += run;
  }
}
