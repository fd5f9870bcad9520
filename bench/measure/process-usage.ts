import { existsSync, readFileSync } from "node:fs";

interface Usage {
  /** Processor time of all its threads, and of the tools it ran, since it began. */
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly at: number;
}

/** The kernel's USER_HZ: 100 wherever Node runs. */
const TICK_MS = 10;

/** What another process uses. @throws Error where there is no /proc, or no such process */
export function readUsage(pid: number): Usage {
  if (!existsSync("/proc/self/stat")) throw new Error("This benchmark reads /proc: run it on Linux.");
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // After the name, which may hold anything: utime, stime, cutime and cstime are fields 14 to 17, the state is field 3.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return { cpuMs: ticks * TICK_MS, rssMb: (Number(kilobytes) * 1_024) / 1e6, at: performance.now() };
}

/** Percent of one core between two readings. */
export const cpuPercent = (from: Usage, to: Usage) => (100 * (to.cpuMs - from.cpuMs)) / (to.at - from.at);

/** The most that another process ever needed. */
export function readPeakMb(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kilobytes) * 1_024) / 1e6;
}
