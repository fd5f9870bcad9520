import type { Stats } from "node:fs";
import { constants, open, readdir, readlink, stat, statfs } from "node:fs/promises";
import { posix } from "node:path";
import type { Doors, FileFacts, FilePart } from "../../../plugins/sdk/context";
import { CollectError, errorCode, type Reason, reasonOf } from "../../../plugins/sdk/errors";
import { stopped, toCollectError } from "./failure";
import type { FileGate } from "./file-gate";
import { createPrivacyCheck, type PrivacyCheck, type PrivateFiles } from "./private-files";
import { isKernelPath, mayReadInPlace, readInPlace } from "./proc";

type FileDoors = Pick<Doors, "readFile" | "readPart" | "listDir" | "readLink" | "stat" | "statfs">;

const DEFAULT_MAX_BYTES = 8 * 1_024 * 1_024;
const CALL_MS = 5_000;
const STATFS_MS = 3_000;
const CHUNK_BYTES = 64 * 1_024;
/** What the kernel makes is small, and such files are many. */
const KERNEL_CHUNK_BYTES = 4_000;
/** Codes of files that are not there in the sense of a plugin: a process that ended, a sensor without a value. */
const ABSENT = new Set(["ESRCH", "ENODEV", "ENXIO", "ENODATA", "ENOTDIR", "ELOOP", "EINVAL", "EOPNOTSUPP", "ENOTSUP"]);
/** Codes of mounts whose other side is gone. */
const LOST = new Set(["ESTALE", "ENOTCONN", "EIO", "EREMOTEIO"]);

interface FileOptions {
  /** Of the whole process: what it bounds are the process's threads. */
  readonly gate: FileGate;
  readonly signal: AbortSignal;
  readonly privateFiles: PrivateFiles;
}

/** Files of this machine. */
export function createFileDoors({ gate, signal, privateFiles }: FileOptions): FileDoors {
  const privacy = createPrivacyCheck(privateFiles);
  const inTerms = async <T>(path: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw toCollectError(error, path, fileReason(error));
    }
  };
  const call = async <T>(given: string, work: (path: string) => Promise<T>, timeoutMs = CALL_MS): Promise<T> => {
    const path = plainPath(given);
    return inTerms(
      path,
      gate({ path, timeoutMs, signal }, () => work(path)),
    );
  };
  return {
    readFile: async (given, { maxBytes } = {}) => {
      const path = plainPath(given);
      // One byte past the cap is read, to see that there is more.
      const limit = (maxBytes ?? DEFAULT_MAX_BYTES) + 1;
      if (signal.aborted) throw stopped(signal);
      privacy.path(path);
      const bytes = mayReadInPlace(path)
        ? await inTerms(path, readInPlace(path, limit))
        : await call(path, () => readWhole(path, limit, privacy));
      return cutText(path, bytes, maxBytes);
    },
    readPart: (path, { offset, maxBytes }) =>
      call(path, (plain) => readPartOf(plain, { offset, maxBytes: Math.min(maxBytes, DEFAULT_MAX_BYTES) }, privacy)),
    listDir: (path) => call(path, async (plain) => (await readdir(plain)).sort()),
    readLink: (path) => call(path, (plain) => readlink(plain)),
    stat: (path) => call(path, async (plain) => factsOf(await stat(plain))),
    statfs: (path, options) =>
      call(
        path,
        async (plain) => {
          const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(plain);
          return {
            blockBytes: bsize,
            blocks,
            blocksFree: bfree,
            blocksAvailable: bavail,
            files,
            filesFree: ffree,
          };
        },
        options?.timeoutMs ?? STATFS_MS,
      ),
  };
}

function plainPath(path: string): string {
  if (!path.startsWith("/") || path.includes("\0"))
    throw new CollectError("not_found", `"${path.slice(0, 200)}" is not an absolute path.`, {
      hint: "Begin it with /.",
    });
  // Without `..` the beginning of a path says where it leads.
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

/** A plugin that names a cap wants the beginning; without one, half a file would be read as a whole one. */
function cutText(path: string, bytes: Buffer, maxBytes: number | undefined): string {
  if (maxBytes !== undefined) return bytes.subarray(0, maxBytes).toString("utf8");
  if (bytes.length > DEFAULT_MAX_BYTES) throw new CollectError("parse", `${path} is larger than 8 MiB.`);
  return bytes.toString("utf8");
}

async function readWhole(path: string, limit: number, privacy: PrivacyCheck): Promise<Buffer> {
  // Without waiting: a FIFO that nobody writes would hold a thread in open(2).
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    // The size is only a guess: 0 in /proc, a page in /sys, old when the file grows.
    const facts = isKernelPath(path) ? undefined : await file.stat();
    if (facts) await privacy.opened(path, facts);
    const guess = facts?.size ?? 0;
    const chunkBytes = isKernelPath(path) ? KERNEL_CHUNK_BYTES : CHUNK_BYTES;
    const chunks: Buffer[] = [];
    let length = 0;
    while (length < limit) {
      const room = Math.min(limit - length, Math.max(chunkBytes, guess - length + 1));
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(room), 0, room);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** Facts and bytes come from one opened file: between a stat and an open, a log may be rotated. */
async function readPartOf(
  path: string,
  { offset, maxBytes }: { offset: number; maxBytes: number },
  privacy: PrivacyCheck,
): Promise<FilePart> {
  privacy.path(path);
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const facts = await file.stat();
    if (!facts.isFile())
      throw new CollectError("not_found", `${path} is no regular file.`, { hint: "Check the path." });
    await privacy.opened(path, facts);
    const start = offset < 0 ? Math.max(0, facts.size + offset) : offset;
    const data = Buffer.allocUnsafe(Math.max(0, Math.min(maxBytes, facts.size - start)));
    let length = 0;
    while (length < data.length) {
      const { bytesRead } = await file.read(data, length, data.length - length, start + length);
      if (bytesRead === 0) break; // It became shorter meanwhile.
      length += bytesRead;
    }
    return {
      id: `${facts.dev}:${facts.ino}`,
      bytes: facts.size,
      mtimeMs: facts.mtimeMs,
      offset: start,
      data: data.subarray(0, length),
    };
  } finally {
    await file.close();
  }
}

function factsOf(facts: Stats): FileFacts {
  return { type: typeOf(facts), bytes: facts.size, mtimeMs: facts.mtimeMs };
}

function typeOf(facts: Stats): FileFacts["type"] {
  if (facts.isFile()) return "file";
  if (facts.isDirectory()) return "directory";
  if (facts.isSocket()) return "socket";
  if (facts.isBlockDevice()) return "block";
  return "other";
}

function fileReason(error: unknown): Reason {
  const code = errorCode(error);
  if (ABSENT.has(code)) return "not_found";
  if (LOST.has(code)) return "unreachable";
  return reasonOf(error);
}
