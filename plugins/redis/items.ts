import { toLabel } from "../sdk";
import type { Info } from "./parse-info";
import type { Survey } from "./survey";

export interface Items {
  readonly databases: readonly { readonly db: string; readonly keys: number; readonly expiring: number | null }[];
  readonly replicas: readonly Replica[];
  readonly truncated: boolean;
}
interface Replica {
  readonly replica: string;
  readonly state: string;
  readonly lagBytes: number | undefined;
}

/** Databases, kinds of errors and replicas: whatever there may be many of. */
export function reportItems({ report, info, context }: Pick<Survey, "report" | "info" | "context">): Items {
  const { maxItems } = context.config;
  const all = info.matching(/^db(\d+)$/).flatMap((entry) => {
    const keys = entry.number("keys");
    return keys === undefined ? [] : [{ db: entry.key, keys, expiring: entry.number("expires") ?? null }];
  });
  const databases = all.slice(0, maxItems);
  for (const { db, keys, expiring } of databases) {
    report("redis_keys", keys, { db });
    if (expiring !== null) report("redis_keys_expiring", expiring, { db });
  }
  const errors = info.matching(/^errorstat_(.+)$/);
  for (const entry of errors.slice(0, maxItems)) {
    const count = entry.number("count");
    if (count !== undefined) report("redis_errors_total", count, { error: toLabel(entry.key) });
  }
  const connected = info.number("connected_slaves");
  if (connected !== undefined) report("redis_replicas", connected);
  const everyReplica = listReplicas(info);
  const replicas = everyReplica.slice(0, maxItems);
  for (const { replica, lagBytes } of replicas)
    if (lagBytes !== undefined) report("redis_replica_lag_bytes", lagBytes, { replica });
  const truncated = [all, errors, everyReplica].some(({ length }) => length > maxItems);
  return { databases, replicas, truncated };
}

function listReplicas(info: Info): Replica[] {
  const written = info.number("master_repl_offset");
  const seen = new Map<string, number>();
  return info.matching(/^slave(\d+)$/).flatMap((entry): Replica[] => {
    const host = entry.text("ip");
    if (host === "") return [];
    const address = `${host.includes(":") ? `[${host}]` : host}:${entry.text("port")}`;
    const name = toLabel(address);
    // Behind a gateway several may have one address.
    const turn = (seen.get(name) ?? 0) + 1;
    seen.set(name, turn);
    const confirmed = entry.number("offset");
    // One that is being sent the first copy has no offset yet.
    const lagBytes =
      written === undefined || confirmed === undefined || entry.text("state") !== "online"
        ? undefined
        : Math.max(0, written - confirmed);
    return [{ replica: turn === 1 ? name : `${name} #${turn}`, state: toLabel(entry.text("state")), lagBytes }];
  });
}

/** What a replica says of its master. */
export function reportMasterLink({ report, info }: Pick<Survey, "report" | "info">): void {
  const link = info.text("master_link_status");
  if (link === "") return;
  report("redis_master_link_up", link === "up" ? 1 : 0);
  const down = info.number("master_link_down_since_seconds");
  // -1 says that it was never connected, so nobody knows since when.
  if (link === "up") report("redis_master_link_down_seconds", 0);
  else if (down !== undefined && down >= 0) report("redis_master_link_down_seconds", down);
}
