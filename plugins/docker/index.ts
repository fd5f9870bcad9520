import { type CollectContext, CollectError, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { negotiateVersion } from "./api-version";
import { chooseContainers } from "./choose";
import { type Config, config } from "./config";
import { listContainers, readContainers, type Seen } from "./containers";
import { discover } from "./discover";
import { collectDiskUsage } from "./disk-usage";
import { socketPathOf } from "./endpoint";
import { type Engine, openEngine } from "./engine";
import { readOomNames } from "./events";
import { describeEngine } from "./inventory";
import { metrics } from "./metrics";
import { openOomMemory } from "./oom";
import { type Container, Info, STATES, toLabel, Version } from "./parse";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

export default definePlugin({
  id: "docker",
  name: "Docker / Podman",
  summary: "Containers that run, fail their health check or restart, what each uses, and disk space.",
  category: "container",
  tier: 0,
  kind: "network",
  needs: ["The socket of Docker or Podman, or a read-only socket proxy"],
  intervalSeconds: 30,
  // Less than the interval, and enough for /system/df on a big host.
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("docker_containers", "Running", {
      where: { state: "running" },
      combine: "sum",
      max: "docker_containers_all",
    }),
    meter("docker_containers_unhealthy", "Unhealthy", { warn: 1 }),
    states("docker_container_running", "Containers", "container"),
    table({
      title: "Containers",
      by: "container",
      columns: [
        { metric: "docker_container_cpu_seconds_total", title: "CPU" },
        { metric: "docker_container_memory_working_set_bytes", title: "Memory" },
        { metric: "docker_container_restart_count", title: "Restarts" },
        { metric: "docker_container_running", title: "Running" },
        { metric: "docker_container_healthy", title: "Healthy" },
      ],
    }),
    table({
      title: "Disk",
      by: "kind",
      columns: [
        { metric: "docker_disk_usage_bytes", title: "Used" },
        { metric: "docker_disk_reclaimable_bytes", title: "Can be freed" },
      ],
    }),
    chart("CPU", ["docker_container_cpu_seconds_total"]),
    chart("Memory", ["docker_container_memory_working_set_bytes"]),
    chart("Received", ["docker_container_network_receive_bytes_total"]),
    chart("Sent", ["docker_container_network_transmit_bytes_total"]),
    chart("Read", ["docker_container_block_read_bytes_total"]),
    chart("Written", ["docker_container_block_write_bytes_total"]),
    chart("Containers by state", ["docker_containers"], { stacked: true }),
  ],
  help: {
    permission: "Add the user Unity runs as to the group docker, or use a read-only socket proxy.",
    not_found: "Check that Docker is running, and where its socket is.",
    unreachable: "Check that Docker runs and listens there; without a set-up it listens on its socket only.",
    tls: "tcp://host:2376 needs the CA, and a client certificate with its key.",
    timeout: "The engine is overloaded or hangs: try docker ps on that machine.",
  },
  discover,
  target: ({ endpoint }) => socketPathOf(endpoint) ?? withoutUser(endpoint),
  async collect(context, report) {
    const engine = openEngine(context);
    const version = await readVersion(context, engine);
    const apiVersion = negotiateVersion(version);
    const prefix = `/v${apiVersion}`;
    const kind = isPodman(version) ? "podman" : "docker";
    const info = await readInfo(context, engine, prefix, report);
    report("docker_engine_info", 1, {
      version: toLabel(version.Version ?? ""),
      api_version: apiVersion,
      driver: toLabel(info?.Driver ?? ""),
      engine: kind,
    });
    if (typeof info?.Images === "number") report("docker_images", info.Images);

    const all = await listContainers(context, engine, prefix, report);
    const { wanted, shown } = chooseContainers(all, context.config);
    reportCounts(report, wanted, context.config.includeStopped);
    report("docker_containers_truncated", wanted.length > shown.length ? 1 : 0);
    // Podman keeps its events in a journal that may not end at `until`.
    const oomNames =
      kind === "podman" ? new Set<string>() : await readOomNames(context, engine, prefix, info?.SystemTime);
    const machineBytes = info?.MemTotal || undefined;
    const seen = await readContainers(
      context,
      engine,
      { prefix, shown, oom: openOomMemory(context.memory, oomNames), machineBytes },
      report,
    );
    report("docker_containers_unhealthy", countUnhealthy(wanted, seen));
    report.inventory(describeEngine({ engine: kind, version, apiVersion, info }, seen, context.config));
    await collectDiskUsage(context, engine, prefix, report);
  },
});

async function readVersion(context: Context, engine: Engine): Promise<Version> {
  const parsed = Version.safeParse(await engine.ask("/version"));
  if (parsed.success) return parsed.data;
  throw new CollectError("parse", `${context.config.endpoint} does not describe itself as Docker or Podman do.`, {
    hint: "Check that the endpoint is Docker's or Podman's, and not another service's.",
  });
}

/** A socket proxy may keep this to itself; the containers are read all the same. */
async function readInfo(context: Context, engine: Engine, prefix: string, report: Reported): Promise<Info | undefined> {
  try {
    const parsed = Info.safeParse(await engine.ask(`${prefix}/info`));
    if (!parsed.success) report.partial("parse", "The engine describes itself in an unknown shape.");
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    report.partial(error.reason, error.message);
    return undefined;
  }
}

/** Every state, also at zero, so that a chart falls when the last container leaves it. */
function reportCounts(report: Reported, wanted: readonly Container[], includeStopped: boolean): void {
  const listed = includeStopped ? STATES : (["running", "paused", "restarting"] as const);
  for (const state of listed)
    report("docker_containers", wanted.filter((container) => container.state === state).length, { state });
  const others = wanted.filter(({ state }) => state === "other").length;
  if (others > 0) report("docker_containers", others, { state: "other" });
  report("docker_containers_all", wanted.length);
}

/** The list says it of every container, in words; Podman only when the container itself is asked. */
function countUnhealthy(wanted: readonly Container[], seen: readonly Seen[]): number {
  const asked = new Map(seen.map(({ container, details }) => [container.id, details?.health]));
  return wanted.filter(
    ({ id, state, status }) =>
      (state === "running" && (asked.get(id) ?? "") === "unhealthy") || /\(unhealthy\)/.test(status),
  ).length;
}

const isPodman = ({ Components }: Version) => (Components ?? []).some(({ Name }) => Name?.startsWith("Podman"));

const withoutUser = (endpoint: string) => endpoint.replace(/\/\/[^/@]*@/, "//");
