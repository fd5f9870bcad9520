import { CollectError } from "../sdk";
import type { Context } from "./run-tool";

/** borg does not renew its lock, and no backup of a homelab takes a day. */
const STALE_MS = 86_400_000;

/** Of a local repository: a folder that holds a file for whoever has the lock. Undefined elsewhere: borg has no command for it. */
export async function countBorgLocks(context: Context): Promise<{ stale: number; active: number } | undefined> {
  const { repository } = context.config;
  if (!repository?.startsWith("/")) return undefined;
  const folder = `${repository.replace(/\/+$/, "")}/lock.exclusive`;
  try {
    const holders = await context.listDir(folder);
    if (holders.length === 0) return { stale: 0, active: 0 };
    const { mtimeMs } = await context.stat(folder);
    const isStale = context.now - mtimeMs > STALE_MS;
    return isStale ? { stale: 1, active: 0 } : { stale: 0, active: 1 };
  } catch (error) {
    if (error instanceof CollectError && error.reason === "not_found") return { stale: 0, active: 0 };
    throw error;
  }
}
