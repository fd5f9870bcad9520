import { crc32 } from "node:zlib";
import { ByteReader } from "./byte-reader";
import { ByteWriter } from "./byte-writer";
import { CorruptData } from "./corrupt-data";

/** First byte of what is stored: what it is (upper half) and in which version of its form (lower half). */
export const FORM = { samples: 0x11, buckets: 0x21, batch: 0x31, deflatedBatch: 0x41 } as const;
export type Form = (typeof FORM)[keyof typeof FORM];

/** The form, then the CRC-32 of all that follows: a flipped bit is noticed instead of drawn. */
const HEADER_BYTES = 5;

/** As many as one blob may hold: the head is cut long before, and a decoder knows what it will need at most. */
export const MAX_COUNT = 1 << 20;

/** Whoever writes does so from beginning to end: the next one may have the same room. */
let room = new Uint8Array(0);
const SHARED_BYTES = 1 << 18;

/** One at a time is open: it ends with `seal`. */
export function openWriter(form: Form, capacity: number): ByteWriter {
  const needed = HEADER_BYTES + capacity;
  if (room.length === 0) room = new Uint8Array(SHARED_BYTES);
  const writer = new ByteWriter(needed > room.length ? new Uint8Array(needed) : room);
  writer.byte(form);
  writer.length = HEADER_BYTES;
  return writer;
}

/** A copy of exactly what was written, with its checksum. */
export function seal(writer: ByteWriter): Uint8Array {
  const sealed = writer.written().slice();
  viewOf(sealed).setUint32(1, checksum(sealed), true);
  return sealed;
}

/** @throws CorruptData for another form or a wrong checksum */
export function openReader(data: Uint8Array, form: Form): ByteReader {
  const found = data[0];
  if (found === undefined) throw new CorruptData("Stored data is empty.");
  if (found !== form)
    throw new CorruptData(
      `Stored data begins with 0x${found.toString(16)} instead of 0x${form.toString(16)}: another kind, or from a newer Unity.`,
    );
  if (data.length < HEADER_BYTES) throw new CorruptData("Stored data ends too early.");
  if (viewOf(data).getUint32(1, true) !== checksum(data))
    throw new CorruptData("Stored data does not match its checksum: it is damaged.");
  return new ByteReader(data, HEADER_BYTES);
}

/** @throws CorruptData when there are more than `MAX_COUNT` */
export function readCount(reader: ByteReader): number {
  const count = reader.varint();
  if (count > MAX_COUNT)
    throw new CorruptData(`Stored data claims to hold ${count} entries; ${MAX_COUNT} is the most.`);
  return count;
}

const checksum = (data: Uint8Array) => crc32(data.subarray(HEADER_BYTES));
const viewOf = (data: Uint8Array) => new DataView(data.buffer, data.byteOffset, data.byteLength);
