import type { FileHandle } from "node:fs/promises";
import { DamagedArchive } from "./damaged-archive";
import { type ArchiveRecord, checksum, HEAD_BYTES, isRecordType, MAGIC, MAX_CONTENT_BYTES, RECORD } from "./record";

/** Of one read from the disk. */
const BLOCK_BYTES = 1_024 * 1_024;

export interface PlacedRecord extends ArchiveRecord {
  /** The bytes before its content. */
  readonly head: Uint8Array;
  /** Where it begins and ends in the file. */
  readonly start: number;
  readonly end: number;
}

/**
 * The records of a file, one after the other.
 * @throws DamagedArchive at the first that is not whole; when the file ends without a last record; when something follows that
 */
export async function* readRecords(file: FileHandle): AsyncGenerator<PlacedRecord> {
  const source = createSource(file);
  const magic = await source.take(MAGIC.length);
  if (!magic || !MAGIC.equals(magic)) throw new DamagedArchive(0, "This is no archive of Unity");
  for (;;) {
    const start = source.position();
    const head = await source.take(HEAD_BYTES);
    if (!head) throw new DamagedArchive(start, "The archive ends too early: it was cut off, or never finished");
    const type = head[0] ?? 0;
    const length = head.readUInt32LE(1);
    const expected = head.readUInt32LE(5);
    if (!isRecordType(type) || length > MAX_CONTENT_BYTES) throw new DamagedArchive(start, "The archive is damaged");
    const content = await source.take(length);
    if (!content) throw new DamagedArchive(start, "The archive ends too early: it was cut off, or never finished");
    if (checksum(head, content) !== expected) throw new DamagedArchive(start, "The archive is damaged");
    yield { type, head, content, start, end: source.position() };
    if (type === RECORD.end) break;
  }
  if (await source.take(1)) throw new DamagedArchive(source.position() - 1, "Something follows the end of the archive");
}

/** Reads ahead in blocks. */
function createSource(file: FileHandle) {
  let buffer = Buffer.alloc(0);
  let used = 0;
  let readTo = 0;

  async function fill(bytes: number): Promise<boolean> {
    const left = buffer.subarray(used);
    if (left.length >= bytes) return true;
    const larger = Buffer.allocUnsafe(Math.max(bytes, BLOCK_BYTES));
    left.copy(larger);
    let filled = left.length;
    while (filled < bytes) {
      const { bytesRead } = await file.read(larger, filled, larger.length - filled, readTo);
      if (bytesRead === 0) break;
      readTo += bytesRead;
      filled += bytesRead;
    }
    buffer = larger.subarray(0, filled);
    used = 0;
    return filled >= bytes;
  }

  return {
    position: () => readTo - (buffer.length - used),
    /** Undefined when there are not so many any more. */
    async take(bytes: number): Promise<Buffer | undefined> {
      if (!(await fill(bytes))) return undefined;
      const taken = buffer.subarray(used, used + bytes);
      used += bytes;
      return taken;
    },
  };
}
