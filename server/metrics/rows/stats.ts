import type { SqliteEngine } from "../../db/sqlite-engine";
import { DAY_MS } from "../grid";
import type { StoreStats } from "../store";
import { readFirst } from "./queries";
import type { Reach } from "./reach";
import { RAW, type Source, sourcesOfGrid } from "./sources";

/** Samples are counted by day and hour where they are rolled up: counting half a billion rows would take the worker a minute. */
export async function readStats(
  engine: SqliteEngine,
  reach: Reach,
): Promise<Pick<StoreStats, "samples" | "bytes" | "oldestAt">> {
  const everything = { from: reach.rawFrom, to: Number.MAX_SAFE_INTEGER };
  const firsts = await readFirst(engine, { tierSeconds: RAW });
  const ids = JSON.stringify(firsts.map(({ series }) => series));
  const counts = await Promise.all(
    sourcesOfGrid(everything, DAY_MS, reach).map((source) => count(engine, source, ids)),
  );
  const [pages, size] = await Promise.all([engine.query("pragma page_count"), engine.query("pragma page_size")]);
  return {
    samples: counts.reduce((sum, samples) => sum + samples, 0),
    bytes: Number(pages[0]?.[0] ?? 0) * Number(size[0]?.[0] ?? 0),
    oldestAt: firsts.reduce<number | null>((least, { at }) => Math.min(least ?? at, at), null),
  };
}

async function count(engine: SqliteEngine, { tierSeconds, from, to }: Source, ids: string): Promise<number> {
  const chosen = "series in (select value from json_each(?)) and at >= ? and at < ?";
  const sql =
    tierSeconds === RAW
      ? `select count(*) from plugin_metrics where ${chosen}`
      : `select sum(count) from plugin_metrics_rollup where tier = ${tierSeconds} and ${chosen}`;
  const rows = await engine.query(sql, [ids, from, to]);
  return Number(rows[0]?.[0] ?? 0);
}
