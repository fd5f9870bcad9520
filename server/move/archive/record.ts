import { crc32 } from "node:zlib";

/**
 * An archive is one file: eight bytes that name it, then records. A record is its type (1 byte), the length of its content (4 bytes,
 * little-endian), the CRC-32 of both and the content (4 bytes), and the content. The first is the header, the last says that nothing
 * is missing. Nothing is compressed over all: samples and rollups are already, and what is left is small.
 */
export const MAGIC = Buffer.from("UNITY\r\n\x1a", "latin1");

export const RECORD = { header: 1, rows: 2, samples: 3, rollups: 4, end: 5 } as const;
export type RecordType = (typeof RECORD)[keyof typeof RECORD];

export const HEAD_BYTES = 9;
/** A reader never takes more into memory than this for one record; writers stay far below. */
export const MAX_CONTENT_BYTES = 64 * 1_024 * 1_024;

export interface ArchiveRecord {
  readonly type: RecordType;
  readonly content: Uint8Array;
}

/** @throws RangeError when it is too large to be read again */
export function encodeRecord({ type, content }: ArchiveRecord): Uint8Array {
  if (content.length > MAX_CONTENT_BYTES)
    throw new RangeError(`A record of ${content.length} bytes is more than an archive may have.`);
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + content.length);
  bytes[0] = type;
  bytes.writeUInt32LE(content.length, 1);
  bytes.set(content, HEAD_BYTES);
  bytes.writeUInt32LE(checksum(bytes, content), 5);
  return bytes;
}

/** Of the type and the length, and of the content. */
export const checksum = (head: Uint8Array, content: Uint8Array) => crc32(content, crc32(head.subarray(0, 5)));

export const isRecordType = (type: number): type is RecordType => type >= RECORD.header && type <= RECORD.end;
