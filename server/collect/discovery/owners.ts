import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/** The process behind a socket. */
export interface Owner {
  readonly pid: number;
  /** What it may be known by: its own name, and its program's. */
  readonly names: readonly string[];
  /** The better of them, for people. */
  readonly shown: string;
}

const MAX_PROCESSES = 5_000;
const MAX_FILES = 4_096;
const WITHIN_MS = 2_000;
/** So long the event loop is held before others get a turn. */
const TURN_MS = 4;
/** The kernel cuts a process's own name here. */
const CUT_AT = 15;
/** What Node's newer versions call themselves. */
const NAMELESS = new Set(["", "MainThread"]);

/**
 * Whose sockets these are, by inode. For a process of another user only root sees it; those stay unknown. The links in /proc are
 * made from memory and wait for nothing, and there are ten thousand of them: one by one through the thread pool they would take a second.
 */
export async function findOwners(inodes: ReadonlySet<number>): Promise<ReadonlyMap<number, Owner>> {
  const owners = new Map<number, Owner>();
  const endsAt = performance.now() + WITHIN_MS;
  let turnEndsAt = performance.now() + TURN_MS;
  for (const pid of listProcesses()) {
    if (owners.size >= inodes.size || performance.now() > endsAt) break;
    if (performance.now() > turnEndsAt) {
      await new Promise((resolve) => setImmediate(resolve));
      turnEndsAt = performance.now() + TURN_MS;
    }
    const own = socketsOf(pid).filter((inode) => inodes.has(inode) && !owners.has(inode));
    if (own.length === 0) continue;
    const owner = describeOwner(pid);
    for (const inode of own) owners.set(inode, owner);
  }
  return owners;
}

/** The oldest first: of a server and its workers, which share a socket, that is the server. */
function listProcesses(): number[] {
  const pids = listed("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  return pids.sort((a, b) => a - b).slice(0, MAX_PROCESSES);
}

function socketsOf(pid: number): number[] {
  return listed(`/proc/${pid}/fd`)
    .slice(0, MAX_FILES)
    .flatMap((file) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linked(`/proc/${pid}/fd/${file}`))?.[1];
      return inode === undefined ? [] : [Number(inode)];
    });
}

function describeOwner(pid: number): Owner {
  const own = read(`/proc/${pid}/comm`).trim();
  const program = basename(linked(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ""));
  // A name says more than a program: Debian's redis-server is run from a file named redis-check-rdb, and scripts from their language.
  const cut = own.length >= CUT_AT && program.startsWith(own);
  const shown = cut || NAMELESS.has(own) ? program : own;
  return { pid, names: [...new Set([own, program])].filter(Boolean), shown: shown || `process ${pid}` };
}

/** A process may end at any moment, and others' are not ours to read: then there is nothing. */
const listed = (path: string) => orElse<string[]>(() => readdirSync(path), []);
const linked = (path: string) => orElse(() => readlinkSync(path), "");
const read = (path: string) => orElse(() => readFileSync(path, "utf8"), "");

function orElse<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
