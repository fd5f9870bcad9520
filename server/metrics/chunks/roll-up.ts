import { DAY_MS, HOUR_MS } from "../grid";
import { DAILY, HOURLY } from "../sources";
import { createBreath } from "./breathe";
import { groupChunks } from "./chunk-row";
import type { Parts } from "./parts";
import { decodeChunk } from "./plan-seals";
import { storeReach } from "./reach";
import { NO_BUCKETS, rollBuckets, rollSamples, spliceBuckets } from "./roll-samples";
import {
  dayOf,
  dayPeriodOf,
  HOURLY_PERIOD_MS,
  hourPeriodOf,
  putRollups,
  type RollupRow,
  readPeriod,
} from "./rollup-table";
import { sealSeries } from "./seal";
import type { SeriesState } from "./series-state";
import { readChunks } from "./tables";

/** Of one transaction: decoding them takes about 10 ms. */
const SAMPLES_PER_SLICE = 300_000;
const SERIES_PER_SLICE = 100;
/** What a day and its rollups were written into. */
const GROWN = ["plugin_metrics_chunk", "plugin_metrics_rollup_chunk"];

interface Span {
  readonly from: number;
  /** Exclusive. Both are whole days of the same period. */
  readonly to: number;
}

/**
 * Rolls up every day that is over. Made from chunks, so it may run twice, be killed, and meet late samples: those are rolled up
 * when they are sealed.
 */
export async function rollUpDays(parts: Parts, now: number): Promise<void> {
  const { engine, states, reach } = parts;
  const end = dayOf(now);
  if (reach.watermark >= end) return;
  await sealSeries(
    parts,
    [...states.values()].filter((state) => state.firstUnsealedAt() < end),
  );
  while (reach.watermark < end) {
    const from = reach.watermark;
    const span = { from, to: Math.min(end, hourPeriodOf(from) + HOURLY_PERIOD_MS) };
    const chosen = [...states.values()].filter(({ sealed }) => sealed.firstAt < span.to && sealed.lastAt >= from);
    await rollSlices(parts, chosen, span);
    // Where nothing is, it goes on with the next that there is: a clock that once stood at 1970 is no year of work.
    reach.watermark = chosen.length > 0 ? span.to : Math.max(span.to, Math.min(end, dayOf(nextAt(parts, span.to))));
    await engine.transaction([storeReach(reach)]);
  }
  await engine.pack(GROWN);
}

function nextAt({ states }: Parts, from: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { sealed } of states.values())
    if (sealed.lastAt >= from) next = Math.min(next, Math.max(from, sealed.firstAt));
  return Number.isFinite(next) ? next : Number.MAX_SAFE_INTEGER;
}

async function rollSlices(parts: Parts, chosen: readonly SeriesState[], span: Span): Promise<void> {
  const breath = createBreath();
  for (let start = 0; start < chosen.length; ) {
    let samples = 0;
    let end = start;
    while (end < chosen.length && end - start < SERIES_PER_SLICE && (samples < SAMPLES_PER_SLICE || end === start)) {
      samples += chosen[end] ? guessSamples(chosen[end] as SeriesState, span) : 0;
      end++;
    }
    await rollSlice(
      parts,
      chosen.slice(start, end).map(({ series }) => series),
      span,
    );
    start = end;
    await breath();
  }
}

/** As if a series had its samples evenly over its time. */
function guessSamples({ sealed }: SeriesState, { from, to }: Span): number {
  const overlap = Math.min(to, sealed.lastAt) - Math.max(from, sealed.firstAt);
  return (sealed.samples * Math.max(0, overlap)) / Math.max(1, sealed.lastAt - sealed.firstAt);
}

async function rollSlice({ engine }: Parts, series: readonly number[], span: Span): Promise<void> {
  const startAt = hourPeriodOf(span.from);
  const dayStartAt = dayPeriodOf(span.from);
  const [chunks, hours, days] = await Promise.all([
    readChunks(engine, series, span),
    readPeriod(engine, series, { tier: HOURLY, startAt }),
    readPeriod(engine, series, { tier: DAILY, startAt: dayStartAt }),
  ]);
  const breath = createBreath();
  const rows: RollupRow[] = [];
  for (const [id, mine] of groupChunks(chunks)) {
    const fresh = rollSamples(mine.map(decodeChunk), [span], HOUR_MS);
    if (fresh.at.length === 0) continue;
    const hourly = spliceBuckets(hours.get(id) ?? NO_BUCKETS, fresh, [span]);
    const daily = spliceBuckets(days.get(id) ?? NO_BUCKETS, rollBuckets(fresh, DAY_MS), [span]);
    rows.push({ tier: HOURLY, series: id, startAt, buckets: hourly });
    rows.push({ tier: DAILY, series: id, startAt: dayStartAt, buckets: daily });
    await breath();
  }
  if (rows.length > 0) await engine.transaction([putRollups(rows)]);
}
