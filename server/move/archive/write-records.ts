import type { FileHandle } from "node:fs/promises";
import { type ArchiveRecord, encodeRecord, MAGIC } from "./record";

/** Written at once, so that small records are no disk access each. */
const BLOCK_BYTES = 1_024 * 1_024;

export interface RecordWriter {
  write(record: ArchiveRecord): Promise<void>;
  /** Bytes of the file so far, those in memory included. */
  position(): number;
  /** Everything is on the disk when this returns. */
  flush(): Promise<void>;
}

/** @param at where to go on; 0 begins a new archive. What was in the file from there on is gone. */
export async function writeRecords(file: FileHandle, at: number): Promise<RecordWriter> {
  await file.truncate(at);
  let waiting: Uint8Array[] = at === 0 ? [MAGIC] : [];
  let bytes = at === 0 ? MAGIC.length : 0;
  let written = at;

  async function drain(): Promise<void> {
    const block = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    for (let done = 0; done < block.length; ) {
      const { bytesWritten } = await file.write(block, done, block.length - done, written);
      done += bytesWritten;
      written += bytesWritten;
    }
  }

  return {
    async write(record) {
      const encoded = encodeRecord(record);
      waiting.push(encoded);
      bytes += encoded.length;
      if (bytes >= BLOCK_BYTES) await drain();
    },
    position: () => written + bytes,
    async flush() {
      await drain();
      await file.datasync();
    },
  };
}
