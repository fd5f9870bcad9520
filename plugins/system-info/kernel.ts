import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import { reportStat } from "./cpu";
import { reportMemory } from "./memory";
import type { SystemMetrics } from "./metrics";
import { parseLoad, parseNumbers, parseOpenFiles, parsePressure, parseUptime } from "./parse";
import { isDue, noteAbsence, type Problem, readFact, readParts } from "./read-parts";

type Reported = Report<SystemMetrics>;

const RESOURCES = ["cpu", "memory", "io"] as const;

/** What a run learns on its way and later parts can use; undefined where it could not be read. */
export interface Learnt {
  cpus?: number;
  bootedAt?: number | undefined;
  memoryBytes?: number;
  swapBytes?: number;
}

/** Reads the files of /proc that change all the time, each once, and reports what they hold. */
export async function collectKernel(
  context: CollectContext<Config>,
  report: Reported,
): Promise<{ learnt: Learnt; problems: Problem[] }> {
  const { procRoot } = context.config;
  const learnt: Learnt = {};
  const arcText = await readArc(context);
  const problems = await readParts(context, [
    {
      path: `${procRoot}/stat`,
      needed: true,
      take: (text) => {
        const { cpus, bootedAt } = reportStat(context, report, text);
        learnt.cpus = cpus;
        learnt.bootedAt = bootedAt;
      },
    },
    {
      path: `${procRoot}/meminfo`,
      needed: true,
      take: (text) => {
        const { memory, swap } = reportMemory(report, text, arcText);
        learnt.memoryBytes = memory;
        learnt.swapBytes = swap;
      },
    },
    { path: `${procRoot}/loadavg`, take: (text) => reportLoad(report, text, learnt) },
    { path: `${procRoot}/uptime`, take: (text) => report("system_uptime_seconds", parseUptime(text)) },
    { path: `${procRoot}/vmstat`, take: (text) => reportPaging(report, text) },
    { path: `${procRoot}/sys/fs/file-nr`, take: (text) => reportOpenFiles(report, text) },
    ...RESOURCES.map((resource) => ({
      path: `${procRoot}/pressure/${resource}`,
      take: (text: string) => reportPressure(report, resource, text),
    })),
  ]);
  return { learnt, problems };
}

async function readArc(context: CollectContext<Config>): Promise<string> {
  if (!isDue(context, "arc", 0)) return "";
  const text = await readFact(context, `${context.config.procRoot}/spl/kstat/zfs/arcstats`);
  noteAbsence(context, "arc", text === "");
  return text;
}

function reportLoad(report: Reported, text: string, { cpus }: Learnt): void {
  for (const { window, load } of parseLoad(text)) {
    report("system_load_average", load, { window });
    if (window === "5m" && cpus) report("system_load_per_cpu", load / cpus);
  }
}

function reportPaging(report: Reported, text: string): void {
  const numbers = parseNumbers(text, ["pswpin", "pswpout", "oom_kill"]);
  const swapIn = numbers.get("pswpin");
  if (swapIn !== undefined) report("system_swap_in_pages_total", swapIn);
  const swapOut = numbers.get("pswpout");
  if (swapOut !== undefined) report("system_swap_out_pages_total", swapOut);
  const kills = numbers.get("oom_kill");
  if (kills !== undefined) report("system_oom_kills_total", kills);
}

function reportOpenFiles(report: Reported, text: string): void {
  const { allocated, max } = parseOpenFiles(text);
  report("system_file_descriptors_allocated", allocated);
  if (max !== undefined) report("system_file_descriptors_max", max);
}

function reportPressure(report: Reported, resource: (typeof RESOURCES)[number], text: string): void {
  for (const { kind, lastMinute, stalledSeconds } of parsePressure(text)) {
    report("system_pressure_ratio", lastMinute, { resource, kind });
    report("system_pressure_stalled_seconds_total", stalledSeconds, { resource, kind });
  }
}
