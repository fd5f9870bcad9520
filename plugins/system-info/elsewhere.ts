import type { CollectContext, MachineFacts, Report } from "../sdk";
import { MACHINE_SECONDS, type SystemMetrics } from "./metrics";
import { plain } from "./parse-facts";
import { learnParts } from "./parts";
import { orElse } from "./read-parts";

type Reported = Report<SystemMetrics>;

/** Where there is no /proc (macOS, Windows, BSD): less, from what Node.js knows. @returns false on Linux */
export async function collectElsewhere(context: CollectContext, report: Reported): Promise<boolean> {
  const machine = await context.machine();
  if (machine.platform === "linux") return false;
  const { cpuSeconds, cpuCount, totalBytes, uptimeSeconds, loadAverages } = machine;
  const whole = Object.values(cpuSeconds).reduce((sum, seconds) => sum + seconds, 0);
  report("system_cpu_usage_ratio", { part: whole - cpuSeconds.idle, whole });
  for (const mode of ["user", "nice", "system", "irq"] as const) {
    report("system_cpu_mode_ratio", { part: cpuSeconds[mode], whole }, { mode });
    report("system_cpu_seconds_total", cpuSeconds[mode], { mode });
  }
  report("system_cpu_seconds_total", cpuSeconds.idle, { mode: "idle" });
  report("system_cpu_count", cpuCount);
  for (const [index, window] of ["1m", "5m", "15m"].entries()) {
    const load = loadAverages[index];
    if (load === undefined) continue;
    report("system_load_average", load, { window });
    if (window === "5m" && cpuCount > 0) report("system_load_per_cpu", load / cpuCount);
  }

  report("system_memory_total_bytes", totalBytes);
  const available = await availableBytes(context, machine);
  if (available !== undefined && totalBytes > 0) {
    const used = Math.max(0, totalBytes - available);
    report("system_memory_available_bytes", totalBytes - used);
    report("system_memory_used_bytes", used);
    report("system_memory_used_ratio", used / totalBytes);
  }

  report("system_uptime_seconds", uptimeSeconds);
  // Both clocks are read at different moments: without rounding the instant would move with every run.
  report("system_boot_timestamp_seconds", Math.round(context.now / 1_000 - uptimeSeconds));
  await tellMachine(context, report, machine);
  return true;
}

/** Windows counts what can be had; macOS calls almost nothing free, so its own tool is asked; others are not known. */
async function availableBytes(context: CollectContext, { platform, freeBytes }: MachineFacts) {
  if (platform === "win32") return freeBytes;
  if (platform !== "darwin") return undefined;
  const answer = await orElse(context, undefined, () => context.exec("vm_stat", []));
  return answer ? parseVmStat(answer.stdout) : undefined;
}

/** Reads macOS's vm_stat(1): bytes that are free or kept only in case they are wanted again. */
export function parseVmStat(text: string): number | undefined {
  const pageBytes = /page size of (\d{1,9}) bytes/.exec(text)?.[1];
  const pages = ["free", "speculative", "inactive"].map(
    (name) => new RegExp(`^Pages ${name}:\\s+(\\d{1,15})\\.?$`, "m").exec(text)?.[1],
  );
  if (pageBytes === undefined || pages.some((count) => count === undefined)) return undefined;
  return pages.reduce((sum, count) => sum + Number(count), 0) * Number(pageBytes);
}

async function tellMachine(context: CollectContext, report: Reported, machine: MachineFacts): Promise<void> {
  const { parts, news } = await learnParts(context);
  if (!context.memory.due("machine", MACHINE_SECONDS) && !news) return;
  const hostname = plain(machine.hostname);
  const cpuModel = plain(machine.cpuModel);
  const os = { darwin: "macOS", win32: "Windows", freebsd: "FreeBSD" }[machine.platform] ?? machine.platform;
  report("system_info", 1, {
    os,
    version: "",
    kernel: "",
    arch: machine.arch,
    hostname,
    cpu_model: cpuModel,
    virtualization: "",
  });
  report.inventory({
    facts: {
      hostname,
      os,
      architecture: machine.arch,
      cpu: cpuModel,
      threads: machine.cpuCount,
      memoryBytes: machine.totalBytes,
    },
    ...parts,
  });
}
