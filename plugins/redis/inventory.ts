import { type Inventory, toLabel } from "../sdk";
import type { LatencyEvent } from "./commands";
import type { Items } from "./items";
import type { Cluster, Master } from "./modes";
import type { Info } from "./parse-info";

export interface Identity {
  readonly version: string;
  readonly flavour: string;
  readonly role: string;
  readonly mode: string;
}

/** Relatives tell the version of Redis that they are like, and their own beside it. */
export function identify(info: Info): Identity {
  const first = (...texts: string[]) => toLabel(texts.find((text) => text !== "")?.slice(0, 40) ?? "");
  const mode = first(info.text("redis_mode"), info.text("server_mode"), "standalone");
  return {
    version: first(info.text("valkey_version"), info.text("dragonfly_version"), info.text("redis_version")),
    flavour: flavourOf(info),
    role: mode === "sentinel" ? "sentinel" : first(info.text("role"), "unknown"),
    mode,
  };
}

function flavourOf(info: Info): string {
  const named = info.text("server_name");
  if (named !== "") return toLabel(named);
  if (info.text("dragonfly_version") !== "") return "dragonfly";
  return info.text("executable").includes("keydb") ? "keydb" : "redis";
}

export function describeServer(found: {
  identity: Identity;
  info: Info;
  items: Items;
  masters: readonly Master[];
  cluster: Cluster | undefined;
  latency: readonly LatencyEvent[];
}): Inventory {
  const { identity, info, items, masters, cluster, latency } = found;
  const master = info.text("master_host");
  const fact = (name: string, text: string) => (text === "" ? {} : { [name]: toLabel(text) });
  return {
    facts: {
      ...identity,
      ...fact("system", info.text("os")),
      ...fact("evictionPolicy", info.text("maxmemory_policy")),
      ...fact("appendOnlyFile", { "0": "off", "1": "on" }[info.text("aof_enabled")] ?? ""),
      ...fact("replicatesFrom", master === "" ? "" : `${master}:${info.text("master_port")}`),
      ...(cluster ? { clusterState: cluster.state } : {}),
      ...(cluster && cluster.nodes !== null ? { clusterNodes: cluster.nodes } : {}),
      ...(cluster && cluster.slotsOk !== null ? { clusterSlotsOk: cluster.slotsOk } : {}),
    },
    lists: {
      databases: items.databases.map((entry) => ({ ...entry })),
      replicas: items.replicas.map(({ replica, state, lagBytes }) => ({ replica, state, lagBytes: lagBytes ?? null })),
      ...(masters.length > 0 ? { masters: masters.map((entry) => ({ ...entry })) } : {}),
      ...(latency.length > 0 ? { latency: latency.map((entry) => ({ ...entry })) } : {}),
    },
  };
}
