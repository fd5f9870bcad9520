import { deflateRawSync, inflateRawSync } from "node:zlib";
import { ByteReader } from "./byte-reader";
import { type ByteWriter, putVarint, varintSize } from "./byte-writer";
import { CorruptData } from "./corrupt-data";
import { fromZigzag, toZigzag } from "./zigzag";

/** Whole numbers as varints through DEFLATE: pays where some numbers are much more frequent than others. */

/** Level 1 is three times as fast as 6 and within 3 % of its size here; a small window costs less to set up for every chunk. */
const DEFLATE = { level: 1, windowBits: 12, memLevel: 5 };
/** Code lengths of a dynamic block; less than this cannot be won back. */
const TABLE_BYTES = 40;
/** Sixty-four numbers and fewer never win it back. */
const LEAST_BYTES = 100;

/** So many numbers tell how frequent each byte is. */
const PROBE = 256;
/** count x log2(count): logarithms would cost as much as all the rest. */
const COUNT_LOGS = Float64Array.from({ length: PROBE * 8 + 1 }, (_, count) =>
  count > 0 ? count * Math.log2(count) : 0,
);

/** Of one estimate at a time. */
const probed = new Uint8Array(PROBE * 8);
const counts = new Uint32Array(256);

/** The numbers deflated, or undefined when that is likely not below `best` bytes. */
export function tryDeflate(values: Float64Array, best: number): Uint8Array | undefined {
  if (best < LEAST_BYTES) return undefined;
  if (estimate(values) + TABLE_BYTES >= best) return undefined;
  const plain = toVarints(values, 1, new Uint8Array(values.length * 8));
  const deflated = deflateRawSync(plain, DEFLATE);
  return varintSize(deflated.length) + deflated.length < best ? deflated : undefined;
}

export function writeDeflated(writer: ByteWriter, deflated: Uint8Array): void {
  writer.varint(deflated.length);
  writer.append(deflated);
}

/** Fills `values`. @throws CorruptData */
export function readDeflated(reader: ByteReader, values: Float64Array): void {
  const plain = new ByteReader(inflateBounded(reader.take(reader.varint()), values.length * 8));
  for (let index = 0; index < values.length; index++) values[index] = fromZigzag(plain.varint());
  plain.end();
}

/** @param likely what it will be: then it is inflated in one piece @throws CorruptData when it is no DEFLATE, or more than so many bytes */
export function inflateBounded(deflated: Uint8Array, atMost: number, likely = 16_384): Uint8Array {
  try {
    // A piece that is full makes zlib get another one, hence one more.
    return inflateRawSync(deflated, { maxOutputLength: Math.max(1, atMost), chunkSize: Math.max(64, likely + 1) });
  } catch (cause) {
    throw new CorruptData("Stored data does not inflate.", { cause });
  }
}

/** Every `stride`th number as a varint. @param bytes has room for 8 bytes each */
function toVarints(values: Float64Array, stride: number, bytes: Uint8Array): Uint8Array {
  let length = 0;
  for (let index = 0; index < values.length; index += stride)
    length = putVarint(bytes, length, toZigzag(values[index] ?? 0));
  return bytes.subarray(0, length);
}

/** Bytes that a perfect code of single bytes would need. */
function estimate(values: Float64Array): number {
  const stride = Math.ceil(values.length / PROBE);
  const bytes = toVarints(values, stride, probed);
  counts.fill(0);
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  let bits = COUNT_LOGS[bytes.length] ?? 0;
  let different = 0;
  for (let byte = 0; byte < counts.length; byte++) {
    const count = counts[byte] ?? 0;
    bits -= COUNT_LOGS[count] ?? 0;
    if (count > 0) different++;
  }
  // A probe looks more orderly than the whole: the correction of Miller and Madow.
  bits += (different - 1) / (2 * Math.LN2);
  return (bits / 8) * stride;
}
