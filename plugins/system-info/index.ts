import { CollectError, chart, definePlugin, meter } from "../sdk";
import { alerts } from "./alerts";
import { collectClock } from "./clock";
import { config } from "./config";
import { collectContainer } from "./container";
import { collectElsewhere } from "./elsewhere";
import { collectFrequency } from "./frequency";
import { collectKernel } from "./kernel";
import { collectMachine } from "./machine";
import { metrics } from "./metrics";

export default definePlugin({
  id: "system-info",
  name: "System",
  summary: "CPU, memory, swap, load, pressure and uptime of this machine, and what it is.",
  category: "system",
  tier: 0,
  kind: "host",
  needs: ["Linux; macOS and Windows show less"],
  intervalSeconds: 10,
  autostart: true,
  config,
  metrics,
  alerts,
  board: [
    meter("system_cpu_usage_ratio", "CPU", { warn: 0.8, bad: 0.95 }),
    meter("system_memory_used_ratio", "Memory", { warn: 0.8, bad: 0.95 }),
    meter("system_swap_used_ratio", "Swap", { warn: 0.5, bad: 0.9 }),
    // The bar is full where the alert fires; half of it is every CPU at work.
    meter("system_load_per_cpu", "Load per CPU", { max: 2, warn: 1, bad: 2 }),
    meter("system_uptime_seconds", "Uptime"),
    chart("CPU", ["system_cpu_mode_ratio"], { stacked: true }),
    chart("Memory", ["system_memory_total_bytes", "system_memory_used_bytes", "system_memory_cached_bytes"]),
    chart("Load", ["system_load_average"]),
    chart("Waiting for CPU, memory or disks", ["system_pressure_ratio"], { where: { kind: "some" } }),
    chart("Swap", ["system_swap_total_bytes", "system_swap_used_bytes"]),
    chart("Pages in and out of swap", ["system_swap_in_pages_total", "system_swap_out_pages_total"]),
    chart("Each CPU", ["system_cpu_core_usage_ratio"]),
    chart("CPU frequency", ["system_cpu_frequency_hertz"]),
    chart("Tasks", ["system_procs_running", "system_procs_blocked"]),
    chart("Processes started", ["system_forks_total"]),
    chart("Context switches", ["system_context_switches_total"]),
    chart("Open files", ["system_file_descriptors_allocated"]),
  ],
  help: {
    not_found: "This plugin reads Linux's /proc. In a container, mount the host's and set the folder of proc.",
    permission: "Let the user Unity runs as read /proc.",
  },
  target: ({ procRoot }) => (procRoot === "/proc" ? "" : procRoot),
  async collect(context, report) {
    const { learnt, problems } = await collectKernel(context, report);
    const [first] = problems;
    if (first && learnt.cpus === undefined && learnt.memoryBytes === undefined) {
      if (first.reason === "not_found" && (await collectElsewhere(context, report))) return;
      throw new CollectError(first.reason, first.message);
    }
    for (const { reason, message } of problems) report.partial(reason, message);
    const limits = await collectContainer(context, report);
    await Promise.all([
      collectFrequency(context, report),
      collectClock(context, report),
      collectMachine(context, report, learnt, limits),
    ]);
  },
});
