import type { Inventory } from "../sdk";
import { composeProjectOf } from "./choose";
import type { Config } from "./config";
import type { Seen } from "./containers";
import { type Info, toLabel, type Version } from "./parse";

/** A cell of the list. */
type Cell = string | number | boolean | null;

export function describeEngine(
  {
    engine,
    version,
    apiVersion,
    info,
  }: { engine: string; version: Version; apiVersion: string; info: Info | undefined },
  seen: readonly Seen[],
  { labelAllowlist }: Pick<Config, "labelAllowlist">,
): Inventory {
  const facts: Record<string, string | number> = { engine, apiVersion };
  const add = (name: string, value: string | number | null | undefined) => {
    if (value !== undefined && value !== null && value !== "")
      facts[name] = typeof value === "string" ? toLabel(value) : value;
  };
  add("version", version.Version);
  add("os", info?.OperatingSystem ?? version.Os);
  add("kernel", version.KernelVersion);
  add("arch", version.Arch);
  add("storageDriver", info?.Driver);
  add("cgroupVersion", info?.CgroupVersion);
  add("cpus", info?.NCPU);
  add("memoryBytes", info?.MemTotal);
  if (info?.Swarm?.LocalNodeState && info.Swarm.LocalNodeState !== "inactive") add("swarm", info.Swarm.LocalNodeState);
  for (const [index, warning] of (info?.Warnings ?? []).slice(0, 10).entries()) add(`warning${index + 1}`, warning);
  return { facts, lists: { containers: seen.map((entry) => describeContainer(entry, labelAllowlist)) } };
}

function describeContainer({ container, details }: Seen, allowed: readonly string[]): Readonly<Record<string, Cell>> {
  const { name, image, state, status, labels } = container;
  const row: Record<string, Cell> = {
    container: name,
    image,
    state,
    status,
    composeProject: toLabel(composeProjectOf(labels)) || null,
    health: details?.health ?? null,
    restarts: details?.restarts ?? null,
    restartPolicy: details?.restartPolicy ?? null,
    exitCode: state === "exited" || state === "dead" ? (details?.exitCode ?? null) : null,
    memoryLimitBytes: details?.memoryLimitBytes ?? null,
  };
  for (const label of allowed) {
    const value = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (value !== undefined && label !== "com.docker.compose.project") row[label] = toLabel(value);
  }
  return row;
}
