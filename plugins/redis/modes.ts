import { CollectError, toLabel } from "../sdk";
import { placeOf } from "./open";
import { toNumber } from "./parse-info";
import { attempt, type Survey } from "./survey";

export interface Master {
  readonly master: string;
  readonly status: string;
  readonly address: string;
  readonly replicas: number | null;
  readonly sentinels: number | null;
}

/** Told also at zero, so that a line falls. Sentinel's words: subjectively and objectively down. */
const USUAL_STATUSES = ["ok", "sdown", "odown"];

/** The masters that a Sentinel watches. @throws CollectError `protocol` when it is none, and the settings say it is */
export function reportSentinel({ report, info, context }: Survey): {
  masters: readonly Master[];
  truncated: boolean;
} {
  const { sentinel, maxItems } = context.config;
  if (info.text("redis_mode") !== "sentinel") {
    if (!sentinel) return { masters: [], truncated: false };
    throw new CollectError("protocol", `${placeOf(context.config)} is no Sentinel.`, {
      hint: "A Sentinel listens at port 26379. For a server itself switch the setting off.",
    });
  }
  const all = info.matching(/^master(\d+)$/).map(
    (entry): Master => ({
      master: toLabel(entry.text("name")),
      status: toLabel(entry.text("status")),
      address: toLabel(entry.text("address")),
      replicas: entry.number("slaves") ?? null,
      sentinels: entry.number("sentinels") ?? null,
    }),
  );
  for (const status of new Set([...USUAL_STATUSES, ...all.map((master) => master.status)]))
    report("redis_sentinel_masters", all.filter((master) => master.status === status).length, { status });
  const masters = all.slice(0, maxItems);
  for (const { master, status } of masters) report("redis_sentinel_master_ok", status === "ok" ? 1 : 0, { master });
  return { masters, truncated: all.length > maxItems };
}

export interface Cluster {
  readonly state: string;
  readonly nodes: number | null;
  readonly slotsOk: number | null;
}

/** How the cluster is, as the node sees it. */
export async function collectCluster(survey: Survey): Promise<Cluster | undefined> {
  const { report, info, ask, context } = survey;
  if (info.number("cluster_enabled") !== 1 && !context.config.cluster) return undefined;
  return attempt(survey, "The cluster", async () => {
    const { lines = [] } = await ask(["CLUSTER", "INFO"]);
    const told = new Map(lines.map((line) => [line.split(":")[0] ?? "", line.split(":")[1]?.trim() ?? ""]));
    const state = told.get("cluster_state");
    if (state === undefined) throw new CollectError("parse", "CLUSTER INFO tells no cluster_state.");
    report("redis_cluster_ok", state === "ok" ? 1 : 0);
    return {
      state: toLabel(state),
      nodes: toNumber(told.get("cluster_known_nodes")) ?? null,
      slotsOk: toNumber(told.get("cluster_slots_ok")) ?? null,
    };
  });
}
