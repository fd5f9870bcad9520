import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";
import { type Details, type ProcessStat, parseStat, parseStatus, parseUptime } from "./parse";

export type Context = CollectContext<Config>;

/** A process as it was read, and what was found out about it and is kept between runs. */
export interface Seen extends ProcessStat {
  /** Undefined for the kernel's own threads, which have neither user nor memory. */
  readonly details: Details | undefined;
  /** Seconds since the machine's start. On a busy machine one run may take seconds. */
  readonly readAt: number;
}

export interface Sweep {
  /** When it began, in seconds since the machine's start. */
  readonly uptime: number;
  readonly processes: readonly Seen[];
  /** More processes than are looked at. */
  readonly truncated: boolean;
  /** Processes that this user may not look at. */
  readonly denied: number;
  readonly malformed: number;
}

/** A line of numbers behind a short name. */
const STAT_BYTES = 4_096;
const STATUS_BYTES = 8_192;
/** The clock is read anew after so many processes. */
const CLOCK_EVERY = 20;

/**
 * Reads every process once, as cheaply as may be: on most machines more than half of them are the kernel's own threads, which are
 * looked at again only now and then. `status` costs as much again as `stat`, so it is read only where something happened since:
 * a process that used no processor time and has as much memory as before is as it was.
 *
 * @param before by pid, of the last run
 * @param refresh reads everything
 */
export async function readProcesses(
  context: Context,
  before: ReadonlyMap<number, Seen>,
  refresh: boolean,
): Promise<Sweep> {
  const { procRoot, maxProcesses } = context.config;
  const pids = (await context.listDir(procRoot))
    .filter((name) => /^\d{1,10}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
  if (pids.length === 0)
    throw new CollectError("not_found", `${procRoot} lists no processes.`, {
      hint: "Set the folder of proc to one where the kernel's proc is mounted.",
    });
  const processes: Seen[] = [];
  const counts = { denied: 0, malformed: 0 };
  const uptime = await readUptime(context);
  let readAt = uptime;
  for (const [index, pid] of pids.slice(0, maxProcesses).entries()) {
    if (index > 0 && index % CLOCK_EVERY === 0) readAt = await readUptime(context);
    const found = await readProcess(context, pid, refresh ? undefined : before.get(pid));
    if (typeof found === "object") processes.push({ ...found, readAt });
    else if (found !== "gone") counts[found] += 1;
  }
  return { uptime, processes, truncated: pids.length > maxProcesses, ...counts };
}

/** The kernel's own clock: it does not jump, and says when something was read, not when that should have been. */
const readUptime = async (context: Context) =>
  parseUptime(await context.readFile(`${context.config.procRoot}/uptime`, { maxBytes: 100 }));

type Missed = "gone" | "denied" | "malformed";

async function readProcess(
  context: Context,
  pid: number,
  known: Seen | undefined,
): Promise<Omit<Seen, "readAt"> | Missed> {
  if (known?.kernel) return known;
  const text = await readOf(context, pid, "stat", STAT_BYTES);
  if (typeof text !== "object") return text;
  const stat = parseStat(text.text);
  if (stat === "dead") return "gone";
  if (!stat || stat.pid !== pid) return "malformed";
  if (stat.kernel) return { ...stat, details: undefined };
  if (known?.details && isUnchanged(stat, known)) return { ...stat, details: known.details };
  const status = await readOf(context, pid, "status", STATUS_BYTES);
  if (typeof status !== "object") return status;
  const details = parseStatus(status.text);
  return details ? { ...stat, details } : "malformed";
}

const isUnchanged = (now: ProcessStat, known: Seen) =>
  now.startTicks === known.startTicks &&
  now.cpuTicks === known.cpuTicks &&
  now.rssPages === known.rssPages &&
  now.comm === known.comm &&
  now.state !== "zombie";

/** That a process ends between two files is usual. */
async function readOf(
  context: Context,
  pid: number,
  name: string,
  maxBytes: number,
): Promise<{ text: string } | Missed> {
  try {
    return { text: await context.readFile(`${context.config.procRoot}/${pid}/${name}`, { maxBytes }) };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    if (error.reason === "not_found") return "gone";
    if (error.reason === "permission") return "denied";
    throw error;
  }
}
