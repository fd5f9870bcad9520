import { DAY_MS } from "../grid";
import type { Latest } from "../store";
import { SERIES, selectAll } from "./labels";
import { createPromql } from "./promql";
import type { Server } from "./server";

/** Clocks that are ahead: the server takes nothing that is further. */
export const AHEAD_MS = 2 * DAY_MS;

/** The newest sample of every series that has one since `from`, in one question that reads what came in since then. */
export async function restoreLatest(
  server: Server,
  { now, from }: { now: number; from: number },
): Promise<Map<number, Latest>> {
  const until = now + AHEAD_MS;
  const functions = `("last_over_time","tlast_over_time")`;
  const query = `aggr_over_time(${functions},${selectAll(server)}[${until - from}ms])`;
  const found = await createPromql(server.connection).query(query, until);
  // A series of Unity's may be several there: each has both figures under one set of labels.
  const byLabels = new Map<string, { series: number; at?: number; value?: number }>();
  for (const { metric, points } of found) {
    const { rollup, ...labels } = metric;
    const key = JSON.stringify(Object.entries(labels).sort());
    const one = byLabels.get(key) ?? { series: Number(labels[SERIES]) };
    const figure = Number(points.at(-1)?.[1]);
    byLabels.set(
      key,
      rollup === "last_over_time" ? { ...one, value: figure } : { ...one, at: Math.round(figure * 1_000) },
    );
  }
  const latest = new Map<number, Latest>();
  for (const { series, at, value } of byLabels.values()) {
    if (at === undefined || value === undefined || at <= (latest.get(series)?.at ?? -1)) continue;
    latest.set(series, { series, at, value });
  }
  return latest;
}
