import { CollectError } from "../sdk";

export const STATES = ["running", "sleeping", "disk_sleep", "zombie", "stopped", "idle"] as const;
export type State = (typeof STATES)[number];

/** The kernel's letters (proc_pid_stat(5)); those of old kernels beside. X, dead, is one that is just going. */
const STATE_OF: Readonly<Record<string, State>> = {
  R: "running",
  S: "sleeping",
  D: "disk_sleep",
  K: "disk_sleep",
  W: "disk_sleep",
  Z: "zombie",
  T: "stopped",
  t: "stopped",
  I: "idle",
  P: "idle",
};
const DEAD = new Set(["X", "x"]);

/** The kernel counts in hundredths of a second for programs, whatever its own clock. */
export const TICKS_PER_SECOND = 100;
/** Flag of the kernel's own threads. Their parent says it too, but in a container process 2 may be anything. */
const KERNEL_THREAD = 0x0020_0000;

/** What /proc/[pid]/stat tells. */
export interface ProcessStat {
  readonly pid: number;
  /** Up to 15 bytes of the program's choosing: anything at all. */
  readonly comm: string;
  readonly state: State;
  readonly parentPid: number;
  readonly kernel: boolean;
  /** Processor time of user and kernel mode since it began. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** Since the machine's start. With the pid it names one process for ever. */
  readonly startTicks: number;
  readonly rssPages: number;
}

/** Reads /proc/[pid]/stat. @returns "dead" for one that is just going, undefined when it makes no sense */
export function parseStat(text: string): ProcessStat | "dead" | undefined {
  const open = text.indexOf("(");
  // The name may hold parentheses, spaces and line ends; nothing after it does.
  const close = text.lastIndexOf(")");
  if (open < 1 || close < open) return undefined;
  const fields = text.slice(close + 2).split(" ", 22);
  const [letter = ""] = fields;
  if (DEAD.has(letter)) return "dead";
  const state = Object.hasOwn(STATE_OF, letter) ? STATE_OF[letter] : undefined;
  // Counted from the state, which is field 3 in the manual.
  const number = (index: number) => Number(fields[index]);
  const stat = {
    pid: Number(text.slice(0, open)),
    parentPid: number(1),
    cpuTicks: number(11) + number(12),
    threads: number(17),
    startTicks: number(19),
    rssPages: number(21),
  };
  const flags = number(6);
  if (!state || !Number.isInteger(flags) || !Object.values(stat).every(Number.isSafeInteger)) return undefined;
  return { ...stat, comm: text.slice(open + 1, close), state, kernel: (flags & KERNEL_THREAD) !== 0 };
}

/** What /proc/[pid]/status tells beside that. */
export interface Details {
  /** The user whose rights it has: the effective one. */
  readonly uid: string;
  /** Memory of its own, and what it shares: files it maps, and shared memory. They add up to the resident memory. */
  readonly anonBytes: number;
  readonly fileBytes: number;
  readonly shmemBytes: number;
  /** Room in its table of open files: never fewer than are open. */
  readonly fdRoom: number;
}

/** Reads /proc/[pid]/status. Kernel threads and zombies have no memory. */
export function parseStatus(text: string): Details | undefined {
  const [, uid = ""] = fieldOf(text, "Uid").split(/\s+/);
  if (!/^\d+$/.test(uid)) return undefined;
  const bytes = (name: string) => (Number.parseInt(fieldOf(text, name), 10) || 0) * 1_024;
  // Before Linux 4.5 only the sum is told.
  const split = text.includes("\nRssAnon:");
  return {
    uid,
    anonBytes: bytes(split ? "RssAnon" : "VmRSS"),
    fileBytes: bytes("RssFile"),
    shmemBytes: bytes("RssShmem"),
    fdRoom: Number.parseInt(fieldOf(text, "FDSize"), 10) || 0,
  };
}

/** The name in the first line is escaped by the kernel, so that a line with a field's name is that field. */
function fieldOf(text: string, name: string): string {
  const start = text.indexOf(`\n${name}:`);
  if (start < 0) return "";
  const end = text.indexOf("\n", start + 1);
  return text.slice(start + name.length + 2, end < 0 ? undefined : end).trim();
}

/** How many files the process may open: the soft limit of /proc/[pid]/limits. Undefined when there is none. */
export function parseOpenFilesLimit(text: string): number | undefined {
  const soft = /^Max open files\s+(\d{1,15})\s/m.exec(text)?.[1];
  return soft === undefined || soft === "0" ? undefined : Number(soft);
}

/** Seconds since the machine's start. @throws CollectError `parse` */
export function parseUptime(text: string): number {
  const seconds = /^\d{1,12}(\.\d+)?(?=\s)/.exec(text)?.[0];
  if (seconds === undefined)
    throw new CollectError("parse", `uptime says ${JSON.stringify(text.slice(0, 40))} instead of seconds.`);
  return Number(seconds);
}

/** The machine's start in Unix seconds, of /proc/stat. */
export function parseBootTime(text: string): number | undefined {
  const seconds = /^btime (\d{1,12})$/m.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Names by user id, of passwd(5). The first name of an id counts, as for the system. */
export function parseUsers(text: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [name = "", , uid = ""] = line.split(":", 3);
    if (name !== "" && /^\d{1,10}$/.test(uid)) names[uid] ??= name;
  }
  return names;
}
