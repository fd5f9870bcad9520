import type { SqlEngine } from "../../db/sql-engine";
import { listChunks } from "./chunk-list";
import { toMilliseconds, toTime } from "./instants";
import type { State } from "./reach";

const TABLES = ["plugin_metrics", "plugin_metrics_hourly", "plugin_metrics_daily"];

export interface Totals {
  readonly samples: number;
  /** Of samples and rollups, indexes included. */
  readonly bytes: number;
  readonly tables: readonly { readonly name: string; readonly bytes: number }[];
  readonly oldestAt: number | null;
}

export async function readTotals(engine: SqlEngine, { samples, rawFrom }: State): Promise<Totals> {
  const [sizes, oldestAt] = await Promise.all([
    engine.query(
      "select name, coalesce(hypertable_size(name::regclass), 0) from unnest(?::text::text[]) as wanted(name)",
      [`{${TABLES.join(",")}}`],
    ),
    readOldest(engine, rawFrom),
  ]);
  const tables = sizes.map(([name, bytes]) => ({ name: String(name), bytes: Number(bytes) }));
  return { samples, bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0), tables, oldestAt };
}

/** Only the first chunk is searched: there is no index by time alone. */
async function readOldest(engine: SqlEngine, rawFrom: number): Promise<number | null> {
  const [first] = await listChunks(engine, "plugin_metrics", { from: rawFrom, to: Number.MAX_SAFE_INTEGER / 10 });
  if (!first) return null;
  const [row] = await engine.query(
    `select ${toMilliseconds("min(time)")} from plugin_metrics where time >= ${toTime()} and time < ${toTime()}`,
    [Math.max(rawFrom, first.from), first.to],
  );
  return row?.[0] === null || row?.[0] === undefined ? null : Number(row[0]);
}
