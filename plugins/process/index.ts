import { CollectError, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { type Earlier, measureCpuTime } from "./cpu-time";
import { describeProcesses } from "./inventory";
import { matchWatches } from "./match-watches";
import { metrics, SLOW_SECONDS } from "./metrics";
import { findWorstOpenFiles } from "./open-files";
import { parseBootTime, STATES } from "./parse";
import { type Context, readProcesses, type Sweep } from "./read-processes";
import { readUsers } from "./read-users";
import { reportGroups } from "./report-groups";
import { reportTop } from "./report-top";
import { reportWatches } from "./report-watches";
import { isProgram, sumByProgram } from "./sums";
import { readWatch } from "./watch-rule";

const programColumns = [
  { metric: "process_top_cpu_ratio", title: "CPU" },
  { metric: "process_top_memory_bytes", title: "Memory" },
  { metric: "process_top_count", title: "Processes" },
] as const;

export default definePlugin({
  id: "process",
  name: "Process",
  summary: "What runs: the busiest and largest programs, zombies, and whether watched processes are there.",
  category: "system",
  tier: 0,
  kind: "host",
  needs: ["Linux"],
  intervalSeconds: 10,
  // What takes all processor time is wanted most when there is none left to find out.
  timeoutMs: 30_000,
  autostart: true,
  config,
  metrics,
  alerts,
  board: [
    meter("process_count", "Processes", { combine: "sum" }),
    meter("process_top_cpu_ratio", "Busiest", { combine: "max" }),
    meter("process_count", "Zombies", { where: { state: "zombie" }, combine: "sum", warn: 5, bad: 20 }),
    meter("process_pid_max_ratio", "Process ids", { warn: 0.75, bad: 0.9 }),
    meter("process_max_open_fds_ratio", "Open files", { warn: 0.75, bad: 0.9 }),
    states("process_watch_up", "Watched", "watch"),
    table({
      title: "Busiest",
      by: "comm",
      columns: programColumns,
      sort: { metric: "process_top_cpu_ratio" },
      limit: 10,
    }),
    table({
      title: "Largest",
      by: "comm",
      columns: programColumns,
      sort: { metric: "process_top_memory_bytes" },
      limit: 10,
    }),
    table({
      title: "Watched",
      by: "watch",
      columns: [
        { metric: "process_watch_up", title: "Up" },
        { metric: "process_watch_count", title: "Processes" },
        { metric: "process_watch_cpu_ratio", title: "CPU" },
        { metric: "process_watch_memory_bytes", title: "Memory" },
        { metric: "process_watch_open_fds", title: "Open files" },
        { metric: "process_watch_start_timestamp_seconds", title: "Started" },
      ],
    }),
    table({
      title: "Groups",
      by: "group",
      columns: [
        { metric: "process_group_cpu_seconds_total", title: "CPU" },
        { metric: "process_group_memory_bytes", title: "Memory" },
        { metric: "process_group_count", title: "Processes" },
      ],
    }),
    chart("CPU", ["process_top_cpu_ratio"]),
    chart("Memory", ["process_top_memory_bytes"]),
    chart("CPU of groups", ["process_group_cpu_seconds_total"], { stacked: true }),
    chart("Memory of groups", ["process_group_memory_bytes"], { stacked: true }),
    chart("Processes", ["process_count"], { stacked: true }),
    chart("Threads", ["process_threads"]),
  ],
  help: {
    not_found: "This plugin reads Linux's /proc. In a container, mount the host's and set the folder of proc.",
    permission: "Let Unity run as root, or mount /proc without hidepid, or with gid= a group Unity is in.",
  },
  target: ({ procRoot }) => (procRoot === "/proc" ? "" : procRoot),
  async collect(context, report) {
    const { memory, config: settings } = context;
    const slow = memory.due("slow", SLOW_SECONDS);
    const earlier = memory.recall<Earlier>("sweep")?.value;
    const before = new Map(earlier?.processes.map((process) => [process.pid, process]));
    const sweep = await readProcesses(context, before, slow);
    const { processes, uptime } = sweep;
    refuseEmpty(sweep);
    await reportCounts(context, report, sweep);

    const cpuTime = measureCpuTime(earlier, uptime);
    const userOf = await readUsers(context, slow);
    const programs = sumByProgram(processes.filter(isProgram), userOf, cpuTime);
    reportTop(context, report, programs, cpuTime);
    reportGroups(context, report, programs, cpuTime);

    const bootTime = await readBootTime(context, slow);
    const watches = settings.watch.map(readWatch);
    const watched = await matchWatches(context, { watches, processes, userOf }, slow);
    await reportWatches(context, report, watched, { cpuTime, bootTime, slow });

    if (slow) {
      const worst = await findWorstOpenFiles(context, processes);
      if (worst !== undefined) report("process_max_open_fds_ratio", worst);
    }
    // The first list has no processor times; the second run has.
    const isFirstWithCpu = cpuTime !== undefined && memory.recall("hadCpu") === undefined;
    if (isFirstWithCpu) memory.keep("hadCpu", true);
    if (slow || isFirstWithCpu)
      report.inventory(await describeProcesses(context, { processes, watched, cpuTime, bootTime, userOf }));
    // A run right after another is no beginning to measure from: the span would be too short again.
    if (!earlier || cpuTime || uptime < earlier.uptime) memory.keep("sweep", { uptime, processes } satisfies Earlier);
  },
});

function refuseEmpty({ processes, denied, malformed }: Sweep): void {
  if (processes.length > 0) return;
  if (denied > 0) throw new CollectError("permission", `None of ${denied} processes may be looked at.`);
  if (malformed > 0) throw new CollectError("parse", `None of ${malformed} processes is described as Linux does it.`);
  throw new CollectError("not_found", "There are no processes: each was gone before it was read.");
}

async function reportCounts(context: Context, report: Report<typeof metrics>, sweep: Sweep): Promise<void> {
  const { processes, truncated, denied, malformed } = sweep;
  const counts = new Map(STATES.map((state) => [state, 0]));
  let threads = 0;
  for (const process of processes) {
    counts.set(process.state, (counts.get(process.state) ?? 0) + 1);
    threads += process.threads;
  }
  for (const [state, count] of counts) report("process_count", count, { state });
  report("process_threads", threads);
  report("process_truncated", truncated ? 1 : 0);
  const pidMax = Number(await readOptional(context, `${context.config.procRoot}/sys/kernel/pid_max`));
  if (pidMax > 0) report("process_pid_max_ratio", threads / pidMax);
  const all = processes.length + denied + malformed;
  if (denied > 0) report.partial("permission", `Of ${all} processes ${denied} may not be looked at: other users'.`);
  else if (processes[0]?.pid !== 1)
    report.partial("permission", "Process 1 is hidden: /proc is mounted with hidepid, and other users' are not seen.");
  if (malformed > 0) report.partial("parse", `Of ${all} processes ${malformed} are not described as Linux does it.`);
}

async function readBootTime(context: Context, refresh: boolean): Promise<number | undefined> {
  const known = context.memory.recall<number>("bootTime")?.value;
  if (!refresh && known !== undefined) return known;
  // A long line of interrupts comes before it.
  const text = await readOptional(context, `${context.config.procRoot}/stat`);
  const bootTime = parseBootTime(text ?? "");
  if (bootTime !== undefined) context.memory.keep("bootTime", bootTime);
  return bootTime ?? known;
}

async function readOptional(context: Context, path: string): Promise<string | undefined> {
  try {
    return await context.readFile(path, { maxBytes: 1_048_576 });
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
