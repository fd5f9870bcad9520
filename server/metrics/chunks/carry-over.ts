import type { SqlEngine } from "../../db/sql-engine";
import type { Log } from "../../log";
import { DAY_MS, floorTo } from "../grid";
import { DAILY, HOURLY } from "../sources";
import { cutChunks } from "./chunk-row";
import type { Buckets } from "./codec/buckets";
import type { Samples } from "./codec/samples";
import { loadReach, storeReach } from "./reach";
import { periodOf, putRollups, type RollupRow } from "./rollup-table";
import { NOTHING_SEALED, type Sealed } from "./series-state";
import { deleteChunks, putChunks, putSealed } from "./tables";

/** The tables in which the first version kept one row a sample. */
const OLD_SAMPLES = "plugin_metrics_v1";
const OLD_ROLLUPS = "plugin_metrics_rollup_v1";
const ROWS_PER_READ = 50_000;
const LIMITS = { samples: 720, spanMs: 7 * DAY_MS };

interface Places {
  readonly from: SqlEngine;
  readonly to: SqlEngine;
  readonly log: Log | undefined;
}

/**
 * Takes over what the first version stored as rows in the configuration file: once, before the store is opened. A series at a
 * time, so that whoever is killed goes on where he was; the rows go when everything is there.
 */
export async function carryOver(places: Places): Promise<void> {
  const { from, to, log } = places;
  const tables = await from.query("select name from sqlite_schema where name in (?, ?)", [OLD_SAMPLES, OLD_ROLLUPS]);
  if (tables.length === 0) return;
  const series = await listSeries(from);
  const done = new Set((await to.query("select series from plugin_metrics_head")).map(([id]) => Number(id)));
  if (series.length > 0) log?.info({ series: series.length }, "carrying over the samples of an earlier version");
  for (const [index, id] of series.entries()) {
    if (!done.has(id)) await carrySeries(places, id);
    if ((index + 1) % 100 === 0) log?.info({ series: index + 1, of: series.length }, "carrying over samples");
  }
  await carryReach(places);
  for (const table of [OLD_SAMPLES, OLD_ROLLUPS]) await from.transaction([{ sql: `drop table if exists ${table}` }]);
  if (series.length > 0) log?.info({ series: series.length }, "the samples of an earlier version are carried over");
}

async function listSeries(from: SqlEngine): Promise<number[]> {
  const rows = await from.query(
    `select distinct series from ${OLD_ROLLUPS} union select distinct series from ${OLD_SAMPLES} order by 1`,
  );
  return rows.map(([id]) => Number(id));
}

/** Its samples first, then what was rolled up of it, and last the row that says it is done. */
async function carrySeries({ from, to }: Places, series: number): Promise<void> {
  await to.transaction([deleteChunks(series)]);
  let sealed: Sealed = NOTHING_SEALED;
  for await (const samples of readSamples(from, series)) {
    const chunks = cutChunks(series, samples, LIMITS);
    await to.transaction([putChunks(chunks)]);
    const newest = chunks.at(-1);
    if (!newest) continue;
    sealed = {
      batch: 0,
      firstAt: Math.min(sealed.firstAt, chunks[0]?.startAt ?? 0),
      lastAt: newest.endAt,
      lastValue: newest.last,
      chunkAt: newest.startAt,
      chunkSamples: newest.samples,
      samples: sealed.samples + samples.at.length,
      bytes: sealed.bytes + chunks.reduce((sum, { data }) => sum + data.length, 0),
    };
  }
  const rollups = [...(await readRollups(from, series, HOURLY)), ...(await readRollups(from, series, DAILY))];
  await to.transaction([putRollups(rollups), putSealed(new Map([[series, sealed]]))]);
}

async function* readSamples(from: SqlEngine, series: number): AsyncGenerator<Samples> {
  for (let after = -1; ; ) {
    const rows = await from.query(
      `select at, value from ${OLD_SAMPLES} where series = ? and at > ? order by at limit ?`,
      [series, after, ROWS_PER_READ],
    );
    if (rows.length > 0) {
      yield {
        at: Float64Array.from(rows, ([at]) => Number(at)),
        value: Float64Array.from(rows, (row) => Number(row[1])),
      };
    }
    if (rows.length < ROWS_PER_READ) return;
    after = Number(rows.at(-1)?.[0]);
  }
}

async function readRollups(from: SqlEngine, series: number, tier: number): Promise<RollupRow[]> {
  const rows = await from.query(
    `select at, count, sum, min, max, last from ${OLD_ROLLUPS} where tier = ? and series = ? order by at`,
    [tier, series],
  );
  const byPeriod = new Map<number, number[][]>();
  for (const row of rows) {
    const figures = row.map(Number);
    const startAt = floorTo(figures[0] ?? 0, periodOf(tier));
    const mine = byPeriod.get(startAt) ?? [];
    mine.push(figures);
    byPeriod.set(startAt, mine);
  }
  return [...byPeriod].map(([startAt, figures]) => ({ tier, series, startAt, buckets: toBuckets(figures) }));
}

function toBuckets(rows: readonly (readonly number[])[]): Buckets {
  const column = (index: number) => Float64Array.from(rows, (row) => row[index] ?? 0);
  return { at: column(0), count: column(1), sum: column(2), min: column(3), max: column(4), last: column(5) };
}

/** How far each tier reached. The old one rolled up hours; here it is whole days, so the day that was begun is begun again. */
async function carryReach({ from, to }: Places): Promise<void> {
  const rows = await from.query(
    "select key, cast(value as integer) from settings where key in ('metrics_raw_from', 'metrics_hourly_from', 'metrics_rolled_up_to')",
  );
  const old = new Map(rows.map(([key, value]) => [key, Number(value)]));
  const reach = await loadReach(to);
  reach.rawFrom = Math.max(reach.rawFrom, old.get("metrics_raw_from") ?? 0);
  reach.hourlyFrom = Math.max(reach.hourlyFrom, old.get("metrics_hourly_from") ?? 0);
  reach.watermark = Math.max(reach.watermark, floorTo(old.get("metrics_rolled_up_to") ?? 0, DAY_MS));
  await to.transaction([storeReach(reach)]);
}
