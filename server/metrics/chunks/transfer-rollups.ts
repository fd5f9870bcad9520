import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import { DAILY, HOURLY } from "../sources";
import type { Rollups, TierStarts } from "../store";
import { type Buckets, decodeBuckets } from "./codec/buckets";
import { lowerBound } from "./head";
import { raiseOwnStarts } from "./own-reach";
import type { Parts } from "./parts";
import { storeReach } from "./reach";
import { slices } from "./read-raw";
import { keepFuller, NO_BUCKETS, sliceBuckets } from "./roll-samples";
import { periodOf, putRollups, type RollupRow, readPeriod, readRollups } from "./rollup-table";
import { NOTHING_SEALED, SeriesState } from "./series-state";
import { putSealed } from "./tables";

/** With a year of hours each, their rows are about 2 MB. */
const SERIES_PER_QUERY = 25;

/** What a store has rolled up, a row of its table at a time. */
export async function* exportRollups(
  { engine, reach }: Parts,
  { series, tierSeconds: tier }: { series: readonly number[]; tierSeconds: number },
): AsyncGenerator<Rollups> {
  // Rows are deleted whole; what they have from before is gone all the same.
  const from = tier === DAILY ? reach.dailyFrom : tier === HOURLY ? reach.hourlyFrom : 0;
  for (const ids of slices(series, SERIES_PER_QUERY)) {
    const rows = await readRollups(engine, ids, { tier, from, to: Number.MAX_SAFE_INTEGER });
    const places = new Map(ids.map((id, index) => [id, index]));
    rows.sort((a, b) => (places.get(a.series) ?? 0) - (places.get(b.series) ?? 0) || a.startAt - b.startAt);
    for (const row of rows) {
      const buckets = sliceBuckets(decodeBuckets(row.data), { from, to: Number.POSITIVE_INFINITY });
      if (buckets.at.length > 0) yield { series: row.series, tierSeconds: tier, ...buckets };
    }
  }
}

/** Puts rollups of another store beside what is there. */
export async function importRollups(
  { engine, states }: Omit<Parts, "states"> & { readonly states: Map<number, SeriesState> },
  given: readonly Rollups[],
): Promise<void> {
  const byPeriod = new Map<string, { tier: number; startAt: number; bySeries: Map<number, Buckets> }>();
  for (const { series, tierSeconds: tier, ...buckets } of given) {
    for (const [startAt, part] of cutPeriods(buckets, tier)) {
      const key = `${tier} ${startAt}`;
      const period = byPeriod.get(key) ?? { tier, startAt, bySeries: new Map<number, Buckets>() };
      byPeriod.set(key, period);
      period.bySeries.set(series, keepFuller(period.bySeries.get(series) ?? NO_BUCKETS, part));
    }
  }
  const rows: RollupRow[] = [];
  for (const { tier, startAt, bySeries } of byPeriod.values()) {
    const known = await readPeriod(engine, [...bySeries.keys()], { tier, startAt });
    for (const [series, buckets] of bySeries)
      rows.push({ tier, series, startAt, buckets: keepFuller(known.get(series) ?? NO_BUCKETS, buckets) });
  }
  // A series without a single sample is known by its row only.
  const fresh = [...new Set(given.map(({ series }) => series))].filter((series) => !states.has(series));
  await engine.transaction([putRollups(rows), putSealed(new Map(fresh.map((series) => [series, NOTHING_SEALED])))]);
  for (const series of fresh) if (!states.has(series)) states.set(series, new SeriesState(series));
}

function* cutPeriods(buckets: Buckets, tier: number): Generator<readonly [startAt: number, part: Buckets]> {
  const { at } = buckets;
  for (let index = 0; index < at.length; ) {
    const startAt = floorTo(at[index] ?? 0, periodOf(tier));
    const to = startAt + periodOf(tier);
    yield [startAt, sliceBuckets(buckets, { from: startAt, to })];
    index = lowerBound(at, to);
  }
}

/** Tiers begin no earlier than this, and no later than the next one allows. @param own raw samples of single series */
export async function raiseReach(
  { engine, states, reach }: Pick<Parts, "engine" | "states" | "reach">,
  starts: TierStarts,
  own: ReadonlyMap<number, number>,
): Promise<void> {
  reach.rawFrom = Math.max(reach.rawFrom, floorTo(Math.min(starts.rawFrom, reach.watermark), HOUR_MS));
  reach.hourlyFrom = Math.max(reach.hourlyFrom, floorTo(Math.min(starts.hourlyFrom, reach.rawFrom), DAY_MS));
  reach.dailyFrom = Math.max(reach.dailyFrom, floorTo(Math.min(starts.dailyFrom, reach.hourlyFrom), DAY_MS));
  await engine.transaction([storeReach(reach), ...raiseOwnStarts(states, { reach, own })]);
}
