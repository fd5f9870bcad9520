import type { CollectContext, Report } from "../sdk";
import { CONTAINER_SECONDS, type SystemMetrics } from "./metrics";
import { isDue, noteAbsence, readFact } from "./read-parts";

/** From here a limit of cgroup v1 means none: the kernel writes the largest number of pages. Bytes. */
const UNLIMITED_BYTES = 2 ** 60;
const BYTES = /^\d{1,20}$/;

export interface Limits {
  readonly memoryBytes?: number | undefined;
  readonly cpus?: number | undefined;
}

/**
 * Reports what the container or service that Unity runs in may use. Always our own, never the host's, so it is read from
 * /proc and /sys wherever those of the host are.
 * @returns the limits, also between the runs that read them
 */
export async function collectContainer(context: CollectContext, report: Report<SystemMetrics>): Promise<Limits> {
  if (!isDue(context, "container", CONTAINER_SECONDS)) return context.memory.recall<Limits>("limits")?.value ?? {};
  const groups = await readFact(context, "/proc/self/cgroup");
  const limits = /^0::\//m.test(groups)
    ? ((await readUnified(context, report, groups)) ?? (await readLegacy(context, report, groups)))
    : await readLegacy(context, report, groups);
  context.memory.keep("limits", limits);
  noteAbsence(context, "container", limits.memoryBytes === undefined && limits.cpus === undefined);
  return limits;
}

/** cgroup v2 (Documentation/admin-guide/cgroup-v2.rst). Undefined where v1 rules. */
async function readUnified(
  context: CollectContext,
  report: Report<SystemMetrics>,
  groups: string,
): Promise<Limits | undefined> {
  const read = await groupReader(context, "/sys/fs/cgroup", pathOf(groups, ""), "cgroup.controllers");
  if (!read) return undefined;
  const [max, current, stat, cpu] = await Promise.all(
    ["memory.max", "memory.current", "memory.stat", "cpu.max"].map(read),
  );
  const memoryBytes = reportMemory(report, { max, current, stat }, "inactive_file");
  const [quota = "", period = ""] = (cpu ?? "").split(" ");
  return { memoryBytes, cpus: reportCpus(report, quota, period) };
}

async function readLegacy(context: CollectContext, report: Report<SystemMetrics>, groups: string): Promise<Limits> {
  const [memory, cpu] = await Promise.all([
    groupReader(context, "/sys/fs/cgroup/memory", pathOf(groups, "memory"), "memory.limit_in_bytes"),
    groupReader(context, "/sys/fs/cgroup/cpu", pathOf(groups, "cpu"), "cpu.cfs_quota_us"),
  ]);
  const [max, current, stat] = memory
    ? await Promise.all(["memory.limit_in_bytes", "memory.usage_in_bytes", "memory.stat"].map(memory))
    : [];
  const [quota = "", period = ""] = cpu ? await Promise.all(["cpu.cfs_quota_us", "cpu.cfs_period_us"].map(cpu)) : [];
  const memoryBytes = reportMemory(report, { max, current, stat }, "total_inactive_file");
  return { memoryBytes, cpus: reportCpus(report, quota, period) };
}

/**
 * Reads files of our group. Its path counts from the host's root, while a container sees its own group as the root: then
 * that path is not there. Undefined when neither has the file that shows a group is there.
 */
async function groupReader(context: CollectContext, root: string, path: string, sign: string) {
  for (const folder of new Set([`${root}${path === "/" ? "" : path}`, root])) {
    if ((await readFact(context, `${folder}/${sign}`)) !== "")
      return (name: string) => readFact(context, `${folder}/${name}`);
  }
  return undefined;
}

/** The path of our group of a controller ("" for v2), as "4:cpu,cpuacct:/a". Without `..`, which a foreign root shows. */
function pathOf(groups: string, controller: string): string {
  for (const line of groups.split("\n")) {
    const [, names = "", path = ""] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path !== "" && names.split(",").includes(controller) && !path.includes("..")) return path;
  }
  return "/";
}

function reportMemory(
  report: Report<SystemMetrics>,
  {
    max = "",
    current = "",
    stat = "",
  }: { max?: string | undefined; current?: string | undefined; stat?: string | undefined },
  cacheName: string,
): number | undefined {
  if (!BYTES.test(max) || Number(max) >= UNLIMITED_BYTES) return undefined;
  const limit = Number(max);
  report("system_container_memory_limit_bytes", limit);
  const cached = Number(new RegExp(`^${cacheName} (\\d{1,20})$`, "m").exec(stat)?.[1] ?? 0);
  if (BYTES.test(current)) report("system_container_memory_used_bytes", Math.max(0, Number(current) - cached));
  return limit;
}

function reportCpus(report: Report<SystemMetrics>, quota: string, period: string): number | undefined {
  if (!BYTES.test(quota) || !BYTES.test(period) || Number(period) === 0) return undefined;
  const cpus = Number(quota) / Number(period);
  report("system_container_cpu_limit", cpus);
  return cpus;
}
