import { readFile } from "node:fs/promises";
import { CollectError } from "../../../plugins/sdk/errors";
import { withDeadline } from "./deadline";
import { createLane, type Lane } from "./lane";
import { isKernelPath } from "./proc";

interface FileCall {
  /** Absolute, without `..`. */
  readonly path: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}
/** Runs a file call that may hang, with an end. */
export type FileGate = <T>(call: FileCall, work: () => Promise<T>) => Promise<T>;

/** libuv has this many threads for files and DNS, for the whole process. */
const THREADS = Number(process.env.UV_THREADPOOL_SIZE) || 4;

/**
 * A file call on a mount whose server is gone never returns, and no signal ends it: it holds a libuv thread. So a mount
 * that hung is refused quickly until its call returns, and only so many calls may be under way at all: half of the
 * threads for ordinary files, a quarter for /proc and /sys (which must not queue behind a dead NAS), the rest is free.
 */
export function createFileGate({ threads = THREADS, readMounts = readMountPoints } = {}): FileGate {
  const hung = new Map<string, number>();
  const ordinary = createLane(Math.max(1, Math.floor(threads / 2)));
  const kernel = createLane(Math.max(1, Math.floor(threads / 4)));

  return async (call, work) => {
    const lane = isKernelPath(call.path) ? kernel : ordinary;
    for (const place of hung.keys()) if (isWithin(call.path, place)) throw stillHung(call.path, place);
    if (lane.hanging >= lane.slots) throw allHung(call.path, lane);

    const state = { entered: false, returned: false, place: "" };
    const leave = () => {
      state.returned = true;
      lane.leave(state.place !== "");
      if (state.place !== "") count(hung, state.place, -1);
    };
    try {
      return await withDeadline({ ...call, where: call.path }, async (inner) => {
        await lane.enter(inner);
        state.entered = true;
        return work().finally(leave);
      });
    } catch (error) {
      if (state.entered && !state.returned) {
        const place = await holderOf(call.path, readMounts);
        if (!state.returned) {
          state.place = place;
          lane.hanging += 1;
          count(hung, place, 1);
        }
      }
      throw error;
    }
  };
}

function count(hung: Map<string, number>, place: string, change: 1 | -1): void {
  const now = (hung.get(place) ?? 0) + change;
  if (now > 0) hung.set(place, now);
  else hung.delete(place);
}

/** The mount that holds the path; on the root file system the path itself, so that one bad file refuses only itself. */
async function holderOf(path: string, readMounts: () => Promise<string[]>): Promise<string> {
  if (isKernelPath(path)) return path;
  const holders = (await readMounts()).filter((mount) => mount !== "/" && isWithin(path, mount));
  return holders.sort((a, b) => b.length - a.length)[0] ?? path;
}

/** Reads /proc, which touches no mount. Elsewhere than on Linux there is none: then paths stand for themselves. */
async function readMountPoints(): Promise<string[]> {
  const text = await readFile("/proc/self/mountinfo", "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const point = line.split(" ")[4];
    return point
      ? [point.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))]
      : [];
  });
}

const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

const stillHung = (path: string, place: string) =>
  new CollectError("timeout", `${path} was not touched: ${place} has not answered an earlier call yet.`, {
    hint: "Its server may be gone. Bring it back, or unmount it (umount -f -l).",
  });
const allHung = (path: string, lane: Lane) =>
  new CollectError("timeout", `${path} was not touched: ${lane.hanging} other places hang.`, {
    hint: "Bring their servers back or unmount them, or start Unity with a larger UV_THREADPOOL_SIZE.",
  });
