import type { SqlEngine } from "../../db/sql-engine";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import { clipSpans, joinSpans, listChunks, type Span } from "./chunk-list";
import { RAW_FIGURES } from "./figures";
import { toTime } from "./instants";
import { isBeforeOwn, type OwnStarts, ownParams } from "./own-starts";
import { HOUR } from "./plan-objects";
import { WITHOUT_BOUND } from "./put-samples";
import { beginRolling, endRolling, loadState, lockState } from "./reach";
import { rollupTables } from "./rollup-tables";

/** Of one refresh: an hour is usual; after a long pause this keeps a refresh below what a statement may take. */
const SLICE_MS = 2 * DAY_MS;

/**
 * Brings hours and days that are over up to date. TimescaleDB knows by itself which of them late samples fell into; nothing before
 * the raw samples that are kept is touched, where a refresh would find nothing and delete the bucket.
 */
export async function rollUpHours(engine: SqlEngine, now: number): Promise<void> {
  const end = floorTo(now, HOUR_MS);
  const { watermark, own } = await loadState(engine);
  if (end <= watermark) return;
  const token = Math.floor(Math.random() * 2 ** 48);
  await engine.transaction(beginRolling(end, token));
  const chunks = await listChunks(engine, "plugin_metrics", { from: watermark, to: end });
  const hours = { from: watermark, to: end };
  // What a refresh would delete ends here.
  const ownTo = [...own.values()].reduce((most, start) => Math.max(most, start), watermark);
  for (const span of clipSpans(joinSpans(chunks, SLICE_MS), hours, HOUR_MS)) {
    const [before, after] = [
      { from: span.from, to: Math.min(span.to, ownTo) },
      { from: Math.max(span.from, ownTo), to: span.to },
    ];
    if (before.from < before.to) await rollUpBeside(engine, before, own);
    if (after.from < after.to) await refresh(engine, "plugin_metrics_hourly", after);
  }
  const days = { from: floorTo(watermark, DAY_MS), to: floorTo(end, DAY_MS) };
  for (const span of clipSpans(joinSpans(chunks, 15 * SLICE_MS), days, DAY_MS))
    await refresh(engine, "plugin_metrics_daily", span);
  await engine.transaction(endRolling(token));
}

/**
 * As a refresh of hours, which leaves those alone that came from another store without their samples. TimescaleDB still means to refresh
 * these hours, so only this comes to them from now on.
 */
async function rollUpBeside(engine: SqlEngine, { from, to }: Span, own: OwnStarts): Promise<void> {
  const { hourly } = await rollupTables(engine);
  await engine.transaction([
    WITHOUT_BOUND,
    lockState,
    {
      sql: `delete from ${hourly} where bucket >= ${toTime()} and bucket < ${toTime()} and not ${isBeforeOwn("series_id", "bucket")}`,
      params: [from, to, ...ownParams(own)],
    },
    {
      sql: `insert into ${hourly} (bucket, series_id, count, sum, sum_large, min, max, last)
        select ${HOUR}, series_id, ${RAW_FIGURES}, last(value, time) from plugin_metrics
        where time >= ${toTime()} and time < ${toTime()} and not ${isBeforeOwn("series_id", "time")} group by 1, 2`,
      params: [from, to, ...ownParams(own)],
    },
  ]);
}

/** Not in a transaction: it has several of its own, and its instants stand in the text. */
async function refresh(engine: SqlEngine, view: string, { from, to }: Span): Promise<void> {
  await engine.query(`call refresh_continuous_aggregate('${view}', ${toTime(String(from))}, ${toTime(String(to))})`);
}
