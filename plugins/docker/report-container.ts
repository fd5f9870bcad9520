import type { Report } from "../sdk";
import { composeProjectOf } from "./choose";
import type { metrics } from "./metrics";
import type { OomMemory } from "./oom";
import { type Container, hasEnded, toLabel } from "./parse";
import type { Details } from "./parse-inspect";
import type { Usage } from "./parse-stats";

type Reported = Report<typeof metrics>;
/** Metrics with the container's name as their only label. */
type PerContainer = {
  [K in keyof typeof metrics]: (typeof metrics)[K] extends { readonly labels: readonly ["container"] } ? K : never;
}[keyof typeof metrics];

/** What the list alone says. */
export function reportListed(report: Reported, { name, image, state, labels }: Container): void {
  const composeProject = toLabel(composeProjectOf(labels));
  report("docker_container_running", state === "running" ? 1 : 0, {
    container: name,
    image,
    compose_project: composeProject,
  });
}

export function reportDetails(report: Reported, container: Container, details: Details, oom: OomMemory): void {
  const say = sayFor(report, container.name);
  say("docker_container_down", isDown(container, details) ? 1 : 0);
  if (details.health === "healthy" || details.health === "unhealthy")
    say("docker_container_healthy", details.health === "healthy" ? 1 : 0);
  if (details.health !== undefined) say("docker_container_health_failing_streak", details.failingStreak);
  say("docker_container_restarts_total", details.restarts);
  say("docker_container_restart_count", details.restarts);
  if (hasEnded(container) || container.state === "restarting") say("docker_container_exit_code", details.exitCode);
  const killed = oom.wasKilled(container, details);
  if (killed || details.oomKilled !== undefined) say("docker_container_oom_killed", killed ? 1 : 0);
  say("docker_container_started_timestamp_seconds", details.startedAt);
}

/** @param machineBytes the machine's memory: a limit of that size or more is none */
export function reportUsage(
  report: Reported,
  { name }: Container,
  details: Details | undefined,
  usage: Usage,
  machineBytes: number | undefined,
): void {
  const say = sayFor(report, name);
  say("docker_container_cpu_seconds_total", usage.cpuSeconds);
  say("docker_container_cpu_throttled_seconds_total", usage.throttledSeconds);
  say("docker_container_memory_working_set_bytes", usage.workingSetBytes);
  const inherited =
    machineBytes !== undefined && usage.limitBytes !== undefined && usage.limitBytes < machineBytes
      ? usage.limitBytes
      : undefined;
  say("docker_container_memory_limit_bytes", details?.memoryLimitBytes ?? inherited);
  if (!details?.hostNetwork) {
    // Podman says zeros for a container in the host's network, which would be wrong.
    say("docker_container_network_receive_bytes_total", usage.receivedBytes);
    say("docker_container_network_transmit_bytes_total", usage.sentBytes);
  }
  say("docker_container_block_read_bytes_total", usage.readBytes);
  say("docker_container_block_write_bytes_total", usage.writtenBytes);
  say("docker_container_pids", usage.pids);
}

/** What is unknown is left out. */
function sayFor(report: Reported, name: string) {
  return (metric: PerContainer, value: number | undefined) => {
    if (value !== undefined) report(metric, value, { container: name });
  };
}

/** One that ended well under `on-failure` is done, and one that was never started or is paused is so on purpose. */
function isDown(container: Container, { restartPolicy, exitCode }: Details): boolean {
  if (!hasEnded(container) && container.state !== "restarting") return false;
  const expected = container.labels["unity.expected"];
  if (expected === "true" || expected === "false") return expected === "true";
  if (restartPolicy === "on-failure") return exitCode !== 0;
  return restartPolicy !== "no";
}
