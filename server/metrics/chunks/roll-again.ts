import { DAY_MS, HOUR_MS } from "../grid";
import { DAILY, HOURLY } from "../sources";
import type { ChunkRow } from "./chunk-row";
import type { Buckets } from "./codec/buckets";
import { decodeSamples } from "./codec/samples";
import type { Parts } from "./parts";
import { NO_BUCKETS, rollBuckets, rollSamples, sliceBuckets, spliceBuckets } from "./roll-samples";
import { dayOf, dayPeriodOf, hourPeriodOf, type RollupRow, readPeriod } from "./rollup-table";
import { readChunks } from "./tables";

/**
 * Samples came into hours that are rolled up: those hours again from the chunks as they will be, and then their days from
 * the hours. Days are never made from samples: some of theirs may be gone already.
 */
export async function rollAgain(
  { engine }: Parts,
  { series, hours, rows }: { series: number; hours: readonly number[]; rows: readonly ChunkRow[] },
): Promise<RollupRow[]> {
  const rollups: RollupRow[] = [];
  for (const startAt of new Set(hours.map(hourPeriodOf))) {
    const mine = hours.filter((hour) => hourPeriodOf(hour) === startAt);
    const known = (await readPeriod(engine, [series], { tier: HOURLY, startAt })).get(series) ?? NO_BUCKETS;
    let buckets = known;
    for (const hour of mine) {
      const part = { from: hour, to: hour + HOUR_MS };
      const fresh = rollSamples(await samplesOf(part), [part], HOUR_MS);
      buckets = spliceBuckets(buckets, fresh, [part]);
    }
    rollups.push({ tier: HOURLY, series, startAt, buckets });
    rollups.push(...(await daysOf(buckets, new Set(mine.map(dayOf)))));
  }
  return joinDays(rollups);

  async function samplesOf({ from, to }: { from: number; to: number }) {
    const known = await readChunks(engine, [series], { from, to });
    const made = new Set(rows.map(({ startAt }) => startAt));
    // A chunk that is made anew begins where the old one did, and may be cut: what lies within its old bounds is in the new ones.
    const kept = known.filter((chunk) => !made.has(chunk.startAt));
    return [...kept, ...rows]
      .filter((chunk) => chunk.startAt < to && chunk.endAt >= from)
      .sort((a, b) => a.startAt - b.startAt)
      .map(({ data }) => decodeSamples(data ?? new Uint8Array()));
  }

  async function daysOf(buckets: Buckets, days: ReadonlySet<number>): Promise<RollupRow[]> {
    const made: RollupRow[] = [];
    for (const day of days) {
      const part = { from: day, to: day + DAY_MS };
      const fresh = rollBuckets(sliceBuckets(buckets, part), DAY_MS);
      made.push({ tier: DAILY, series, startAt: dayPeriodOf(day), buckets: fresh });
    }
    return made;
  }

  /** Days of one row put into it together. */
  async function joinDays(all: readonly RollupRow[]): Promise<RollupRow[]> {
    const days = all.filter(({ tier }) => tier === DAILY);
    const joined: RollupRow[] = all.filter(({ tier }) => tier === HOURLY);
    for (const startAt of new Set(days.map((row) => row.startAt))) {
      let buckets = (await readPeriod(engine, [series], { tier: DAILY, startAt })).get(series) ?? NO_BUCKETS;
      for (const row of days.filter((one) => one.startAt === startAt)) {
        const from = row.buckets.at[0] ?? 0;
        buckets = spliceBuckets(buckets, row.buckets, [{ from, to: from + DAY_MS }]);
      }
      joined.push({ tier: DAILY, series, startAt, buckets });
    }
    return joined;
  }
}
