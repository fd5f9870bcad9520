import type { SqlEngine } from "../../db/sql-engine";
import { decodeBuckets } from "../chunks/codec/buckets";
import type { Reach } from "../chunks/reach";
import { slices } from "../chunks/read-raw";
import { sliceBuckets } from "../chunks/roll-samples";
import { readRollups } from "../chunks/rollup-table";
import { ceilTo, DAY_MS, floorTo } from "../grid";
import { DAILY, HOURLY } from "../sources";
import type { OwnStarts } from "./own-starts";
import { importRollups } from "./transfer-rollups";

const SERIES_PER_SLICE = 50;

/** Hours and days of the chunk engine whose raw samples are gone; a refresh makes the others. It may run twice. */
export async function carryRollups(engine: SqlEngine, { rawFrom, hourlyFrom, dailyFrom }: Reach): Promise<void> {
  const rows = await engine.query("select distinct series from plugin_metrics_rollup_chunk order by series");
  const ids = rows.map(([id]) => Number(id));
  for (const series of slices(ids, SERIES_PER_SLICE)) {
    await carry(engine, series, { tier: HOURLY, from: hourlyFrom, to: rawFrom });
    // The day in which raw samples begin is made of its hours, some of which have just come.
    await carry(engine, series, { tier: DAILY, from: dailyFrom, to: floorTo(rawFrom, DAY_MS) });
  }
}

/** Of series whose raw samples begin later than all others', once everything else is rolled up. It may run twice. */
export async function carryOwnRollups(engine: SqlEngine, { rawFrom }: Reach, own: OwnStarts): Promise<void> {
  for (const [id, start] of own) {
    await carry(engine, [id], { tier: HOURLY, from: rawFrom, to: start });
    // Of the day in which they begin there is the part with samples: the fuller one is kept.
    await carry(engine, [id], { tier: DAILY, from: floorTo(rawFrom, DAY_MS), to: ceilTo(start, DAY_MS) });
  }
}

async function carry(
  engine: SqlEngine,
  series: readonly number[],
  window: { tier: number; from: number; to: number },
): Promise<void> {
  if (window.from >= window.to) return;
  const rows = await readRollups(engine, series, window);
  const rollups = rows.map((row) => ({
    series: row.series,
    tierSeconds: window.tier,
    ...sliceBuckets(decodeBuckets(row.data), window),
  }));
  await importRollups(engine, rollups);
}
