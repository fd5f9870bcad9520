import { CollectError } from "../sdk";

/** What /proc/stat counts CPU time by, in the order of its columns. The first eight add up to all time. */
export const CPU_MODES = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"] as const;
export type CpuMode = (typeof CPU_MODES)[number];
/** Seconds since boot. `guest` is already within user and nice. */
export type CpuTimes = Readonly<Record<CpuMode | "guest", number>>;

export interface KernelStat {
  readonly total: CpuTimes;
  /** How many CPUs are online. */
  readonly count: number;
  /** Each of them, as far as asked for. */
  readonly cpus: readonly { readonly cpu: string; readonly times: CpuTimes }[];
  /** The single numbers: btime, ctxt, processes, procs_running, procs_blocked. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** The kernel tells user space in hundredths of a second, whatever its own tick is. */
const TICKS_PER_SECOND = 100;
const DIGITS = /^\d{1,20}$/;

/**
 * Reads /proc/stat (proc_stat(5)).
 * @param most so many CPUs are looked at one by one; a machine may have hundreds
 * @throws CollectError `parse` without a line of CPU totals
 */
export function parseStat(text: string, most: number): KernelStat {
  let total: CpuTimes | undefined;
  let count = 0;
  const cpus: { cpu: string; times: CpuTimes }[] = [];
  const numbers = new Map<string, number>();
  for (const line of text.split("\n")) {
    const name = /^cpu(\d{0,6}) /.exec(line)?.[1];
    if (name === undefined) {
      // The line of interrupts is thousands of numbers long, and none of ours.
      const single = /^(btime|ctxt|processes|procs_running|procs_blocked) (\d{1,20})$/.exec(line);
      if (single?.[1]) numbers.set(single[1], Number(single[2]));
    } else if (name === "") {
      total = cpuTimes(line);
    } else {
      count += 1;
      const times = cpus.length < most ? cpuTimes(line) : undefined;
      if (times) cpus.push({ cpu: name, times });
    }
  }
  if (!total) throw new CollectError("parse", "it has no line of CPU times.");
  return { total, count, cpus, numbers };
}

function cpuTimes(line: string): CpuTimes | undefined {
  const [, ...columns] = line.trim().split(/\s+/);
  // Old kernels have fewer columns; the first four were always there.
  if (columns.length < 4 || !columns.every((column) => DIGITS.test(column))) return undefined;
  const at = (index: number) => Number(columns[index] ?? 0) / TICKS_PER_SECOND;
  return {
    user: at(0),
    nice: at(1),
    system: at(2),
    idle: at(3),
    iowait: at(4),
    irq: at(5),
    softirq: at(6),
    steal: at(7),
    guest: at(8) + at(9),
  };
}
