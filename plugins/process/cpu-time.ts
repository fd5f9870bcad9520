import { TICKS_PER_SECOND } from "./parse";
import type { Seen } from "./read-processes";

/** What the last run left, to say what was used since. */
export interface Earlier {
  /** When it began, in seconds since the machine's start. */
  readonly uptime: number;
  readonly processes: readonly Seen[];
}

/** Shorter spans are too few ticks of the kernel's clock to say anything. Seconds. */
const SHORTEST = 0.5;
/** A start is told in hundredths; the span of reading comes on top. Seconds. */
const GRACE = 1;

export interface CpuTime {
  /** Seconds since the last run. */
  readonly elapsed: number;
  /** Seconds of processor time that a process used since then, as if all had been read at the same instant. */
  usedBy(process: Seen): number;
}

/** Undefined when there is nothing to compare with: the first run, or one right after another. */
export function measureCpuTime(earlier: Earlier | undefined, uptime: number): CpuTime | undefined {
  if (!earlier) return undefined;
  const elapsed = uptime - earlier.uptime;
  if (elapsed < SHORTEST) return undefined;
  const before = new Map(earlier.processes.map((process) => [process.pid, process]));
  return {
    elapsed,
    usedBy: ({ pid, startTicks, cpuTicks, readAt }) => {
      const found = before.get(pid);
      const known = found?.startTicks === startTicks ? found : undefined;
      // What began since then used all of it since then; an older one was only overlooked, and nothing is known.
      if (!known && startTicks / TICKS_PER_SECOND < earlier.uptime - GRACE) return 0;
      const used = Math.max(0, cpuTicks - (known?.cpuTicks ?? 0)) / TICKS_PER_SECOND;
      const span = readAt - (known?.readAt ?? earlier.uptime);
      return span > 0 ? (used * elapsed) / span : 0;
    },
  };
}
