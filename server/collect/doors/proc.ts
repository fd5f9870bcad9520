import { closeSync, openSync, readSync } from "node:fs";
import { createProcMounts } from "./proc-mounts";

const SCRATCH_BYTES = 64 * 1_024;
/** So long the event loop may be held by readings in place before others get a turn. */
const TURN_MS = 4;

const scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
let turnStartedAt = 0;
const isInProc = createProcMounts();

/** In /proc, but leading out of it: to other files, pipes and mounts. */
const LEADS_OUT = /\/((fd|root|cwd|map_files)\/|(exe|root|cwd)$)/;
/** Takes a process's memory lock or waits for messages: a stuck process may hold it for ever. */
const MAY_WAIT = /\/(cmdline|environ|maps|numa_maps|smaps|smaps_rollup|mem|pagemap|kmsg|kcore|mdstat)$/;

/** Files that the kernel makes while they are read. @param path without `..` */
export function isKernelPath(path: string): boolean {
  return path.startsWith("/sys/") || (isInProc(path) && !LEADS_OUT.test(path));
}

/** Where in /sys no driver is asked. Elsewhere a read may talk to a slow chip, or wait for one that hangs. */
const FROM_MEMORY = /^\/sys\/(fs\/cgroup|devices\/system\/cpu)\//;

/** Files made from memory: reading them where we stand costs a tenth of a trip through the thread pool. */
export function mayReadInPlace(path: string): boolean {
  return (isInProc(path) || FROM_MEMORY.test(path)) && !LEADS_OUT.test(path) && !MAY_WAIT.test(path);
}

/** Reads at most `limit` bytes. Gives others a turn when many such readings follow each other. */
export async function readInPlace(path: string, limit: number): Promise<Buffer> {
  if (performance.now() - turnStartedAt > TURN_MS) {
    await new Promise((resolve) => setImmediate(resolve));
    turnStartedAt = performance.now();
  }
  const file = openSync(path, "r");
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    while (length < limit) {
      const count = readSync(file, scratch, 0, Math.min(SCRATCH_BYTES, limit - length), null);
      if (count === 0) break;
      chunks.push(Buffer.from(scratch.subarray(0, count)));
      length += count;
    }
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}
