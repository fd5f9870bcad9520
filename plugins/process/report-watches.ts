import type { Reason, Report } from "../sdk";
import type { CpuTime } from "./cpu-time";
import type { Matched } from "./match-watches";
import type { metrics } from "./metrics";
import { countOpenFiles } from "./open-files";
import { TICKS_PER_SECOND } from "./parse";
import type { Context, Seen } from "./read-processes";
import { sumUp } from "./sums";

/** The oldest process of a watch, and how often it was replaced. Kept between runs by name of the watch. */
interface Lead {
  readonly pid: number;
  readonly startTicks: number;
  readonly restarts: number;
}
type Leads = readonly (readonly [watch: string, lead: Lead])[];

/** Of so many processes of a watch the open files are counted: a server has some dozens of workers. */
const MAX_COUNTED = 100;

interface Terms {
  readonly cpuTime: CpuTime | undefined;
  /** Of the machine, in Unix seconds. */
  readonly bootTime: number | undefined;
  /** Whether open files are counted this time. */
  readonly slow: boolean;
}

export async function reportWatches(
  context: Context,
  report: Report<typeof metrics>,
  all: readonly Matched[],
  { cpuTime, bootTime, slow }: Terms,
): Promise<void> {
  const leads = new Map(context.memory.recall<Leads>("leads")?.value);
  for (const { watch, members, unknown } of all) {
    const labels = { watch: watch.name };
    if (unknown && members.length < watch.min) {
      report.partial(
        unknown,
        `Whether ${watch.name} runs is not known: ${WHY[unknown] ?? "a process could not be read"}.`,
      );
      continue;
    }
    const { count, threads, cpuSeconds, memoryBytes } = sumUp(members, cpuTime);
    const isUp = count >= watch.min && (watch.max === undefined || count <= watch.max);
    report("process_watch_up", isUp ? 1 : 0, labels);
    report("process_watch_count", count, labels);
    if (cpuTime) report("process_watch_cpu_ratio", cpuSeconds / cpuTime.elapsed, labels);
    report("process_watch_memory_bytes", memoryBytes, labels);
    report("process_watch_threads", threads, labels);
    const lead = nextLead(leads.get(watch.name), members);
    if (lead) {
      leads.set(watch.name, lead);
      report("process_watch_restarts_total", lead.restarts, labels);
    }
    if (lead && count > 0 && bootTime !== undefined)
      report("process_watch_start_timestamp_seconds", bootTime + lead.startTicks / TICKS_PER_SECOND, labels);
    const openFiles = slow ? await sumOpenFiles(context, members) : undefined;
    if (openFiles !== undefined) report("process_watch_open_fds", openFiles, labels);
  }
  context.memory.keep("leads", [...leads] satisfies Leads);
}

const WHY: Partial<Record<Reason, string>> = {
  permission: "paths of programs (exe) are told to root and the program's own user only",
  timeout: "a process that hangs does not tell its command line",
  partial: "the pattern takes too much work on a command line; make it simpler",
};

/**
 * Workers come and go; the oldest process is the service itself. While none runs the last one is remembered, so that its return
 * counts as a restart.
 */
function nextLead(before: Lead | undefined, members: readonly Seen[]): Lead | undefined {
  const stays = members.some(({ pid, startTicks }) => pid === before?.pid && startTicks === before.startTicks);
  const [oldest] = [...members].sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
  if (stays || !oldest) return before;
  return { pid: oldest.pid, startTicks: oldest.startTicks, restarts: before ? before.restarts + 1 : 0 };
}

/** Undefined when one of them does not tell, or none is there any more: half of a sum would look like a drop. */
async function sumOpenFiles(context: Context, members: readonly Seen[]): Promise<number | undefined> {
  if (members.length > MAX_COUNTED) return undefined;
  let sum: number | undefined = members.length === 0 ? 0 : undefined;
  for (const { pid } of members) {
    const count = await countOpenFiles(context, pid);
    if (count === "denied") return undefined;
    if (count !== undefined) sum = (sum ?? 0) + count;
  }
  return sum;
}
