import { type FileHandle, open, stat } from "node:fs/promises";
import { decodeBatch, deflateBatch, encodeBatch } from "./codec/batch";
import type { Batch } from "./outbox";

/** A day of a busy home: at 200 samples a second and 6 bytes each 100 MB. */
const MAX_BYTES = 256_000_000;
/** Before each batch: its length, and its number. */
const HEADER_BYTES = 12;
/** No batch is larger; a longer one is the rest of something else. */
const MAX_BATCH_BYTES = 64_000_000;

/** Where a batch lies in the file. */
export interface Spooled {
  readonly at: number;
  readonly bytes: number;
}

/** Batches that the database does not take, in a file, in order: what waits survives the end of the process. */
export interface Spool {
  /** Appends a batch; undefined when the file has its bound. On the disk when it resolves. */
  save(batch: Batch): Promise<Spooled | undefined>;
  load(spooled: Spooled, id: number): Promise<Batch>;
  /** The batches that an ended process left, oldest first. Stops at the first that is damaged: it was being written. */
  leftBehind(): AsyncGenerator<Batch>;
  /** The database has everything. What cannot be cleared stays. */
  clear(): Promise<void>;
  bytes(): number;
  close(): Promise<void>;
}

/** @param file made when the first batch comes; the folder must be there */
export async function openSpool(file: string, maxBytes = MAX_BYTES): Promise<Spool> {
  let writing: FileHandle | undefined;
  /** Of its own: what lies on a disk that cannot be written any more can still be read. */
  let reading: FileHandle | undefined;
  let end = (await stat(file).catch(() => undefined))?.size ?? 0;

  async function opened(): Promise<FileHandle> {
    // Appending at a place of our own: what a killed process left half-written is written over.
    writing ??= await open(file, "r+").catch(() => open(file, "w+", 0o600));
    // At once: another process that takes this one for gone removes the file, but not from who has it open.
    reading ??= await open(file, "r");
    return writing;
  }

  async function read({ at, bytes }: Spooled): Promise<Buffer> {
    const data = Buffer.alloc(bytes);
    reading ??= await open(file, "r");
    const { bytesRead } = await reading.read(data, 0, bytes, at);
    if (bytesRead < bytes) throw new Error(`${file} ends in the middle of a batch.`);
    return data;
  }

  return {
    async save(batch) {
      const data = await deflateBatch(encodeBatch(batch.series, batch.at, batch.value, batch.count));
      if (end + HEADER_BYTES + data.length > maxBytes) return undefined;
      const record = Buffer.alloc(HEADER_BYTES + data.length);
      record.writeUInt32LE(data.length, 0);
      record.writeDoubleLE(batch.id, 4);
      record.set(data, HEADER_BYTES);
      const to = await opened();
      await writeAll(to, record, end);
      await to.datasync();
      const spooled = { at: end + HEADER_BYTES, bytes: data.length };
      end += record.length;
      return spooled;
    },
    async load(spooled, id) {
      const columns = decodeBatch(await read(spooled));
      return { id, ...columns, count: columns.at.length };
    },
    async *leftBehind() {
      for (let at = 0; at + HEADER_BYTES <= end; ) {
        const header = await read({ at, bytes: HEADER_BYTES });
        const bytes = header.readUInt32LE(0);
        if (bytes > MAX_BATCH_BYTES || at + HEADER_BYTES + bytes > end) return;
        const data = await read({ at: at + HEADER_BYTES, bytes });
        let columns: ReturnType<typeof decodeBatch>;
        try {
          columns = decodeBatch(data);
        } catch {
          // The process ended while it wrote this one: nobody was told that it is durable.
          return;
        }
        yield { id: header.readDoubleLE(4), ...columns, count: columns.at.length };
        at += HEADER_BYTES + bytes;
      }
    },
    async clear() {
      if (end === 0) return;
      try {
        await (await opened()).truncate(0);
        end = 0;
      } catch {
        // What cannot be deleted is handed over once more at the next start, and is there already.
      }
    },
    bytes: () => end,
    async close() {
      await Promise.all([writing?.close(), reading?.close()]);
      writing = undefined;
      reading = undefined;
    },
  };
}

/** On a disk that has room for a part only, that part is written, and the rest says why not. */
async function writeAll(to: FileHandle, data: Buffer, at: number): Promise<void> {
  for (let done = 0; done < data.length; ) {
    const { bytesWritten } = await to.write(data, done, data.length - done, at + done);
    done += bytesWritten;
  }
}

/** Hands what an ended process left to the database, before anything new. A batch that is there already stays as it is. */
export async function emptySpool(spool: Spool, put: (batch: Batch) => Promise<unknown>): Promise<void> {
  for await (const batch of spool.leftBehind()) await put(batch);
  await spool.clear();
}
