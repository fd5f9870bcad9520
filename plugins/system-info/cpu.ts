import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { SystemMetrics } from "./metrics";
import { CPU_MODES, type CpuTimes, parseStat } from "./parse-stat";
import { allSeconds, busyShare, steadyTimes } from "./steady-times";

/** Doing nothing is not shown in a stack of what is done. */
const BUSY_MODES = CPU_MODES.filter((mode) => mode !== "idle");

/** Reports what /proc/stat holds. @returns how many CPUs are online, and when the machine started (seconds) */
export function reportStat(
  context: CollectContext<Config>,
  report: Report<SystemMetrics>,
  text: string,
): { cpus: number; bootedAt: number | undefined } {
  const { perCpu, maxItems } = context.config;
  const { total, count, cpus, numbers } = parseStat(text, perCpu ? maxItems : 0);
  const last = new Map(context.memory.recall<[string, CpuTimes][]>("cpu")?.value);

  const all = steadyTimes(last.get("all"), total);
  const whole = allSeconds(all);
  report("system_cpu_usage_ratio", busyShare(all));
  for (const mode of BUSY_MODES) report("system_cpu_mode_ratio", { part: all[mode], whole }, { mode });
  for (const mode of CPU_MODES) report("system_cpu_seconds_total", all[mode], { mode });
  report("system_cpu_guest_seconds_total", all.guest);

  const steady: [string, CpuTimes][] = [["all", all]];
  if (perCpu) report("system_cpus_truncated", count > maxItems ? 1 : 0);
  for (const { cpu, times } of cpus) {
    const one = steadyTimes(last.get(cpu), times);
    steady.push([cpu, one]);
    report("system_cpu_core_usage_ratio", busyShare(one), { cpu });
    for (const mode of CPU_MODES) report("system_cpu_core_seconds_total", one[mode], { cpu, mode });
  }
  context.memory.keep("cpu", steady);

  if (count > 0) report("system_cpu_count", count);
  const counts = [
    ["ctxt", "system_context_switches_total"],
    ["processes", "system_forks_total"],
    ["procs_running", "system_procs_running"],
    ["procs_blocked", "system_procs_blocked"],
    ["btime", "system_boot_timestamp_seconds"],
  ] as const;
  for (const [name, metric] of counts) {
    const value = numbers.get(name);
    if (value !== undefined) report(metric, value);
  }
  return { cpus: count, bootedAt: numbers.get("btime") };
}
