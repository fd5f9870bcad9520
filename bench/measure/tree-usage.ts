import { readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10;

/** Processor time of a process and of all that it started, those that ended included, in milliseconds. PostgreSQL is many processes. */
export function readTreeCpuMs(root: number): number {
  const children = new Map<number, number[]>();
  const own = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    const stat = Number.isInteger(pid) ? readStat(pid) : undefined;
    if (!stat) continue;
    own.set(pid, stat.ticks);
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid]);
  }
  const waiting = [root];
  let ticks = 0;
  // Bounded by the processes there are: each has one parent.
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    ticks += own.get(pid) ?? 0;
    waiting.push(...(children.get(pid) ?? []));
  }
  return ticks * TICK_MS;
}

function readStat(pid: number): { parent: number; ticks: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    return { parent: fields[1] ?? 0, ticks: fields.slice(11, 15).reduce((sum, value) => sum + value, 0) };
  } catch {
    // It has ended.
    return undefined;
  }
}
