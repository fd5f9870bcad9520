import type { SqlEngine } from "../../db/sql-engine";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import { clipSpans, joinSpans, listChunks, type Span } from "./chunk-list";
import { toTime } from "./instants";
import { beginRolling, endRolling, loadState } from "./reach";

/** Of one refresh: an hour is usual; after a long pause this keeps a refresh below what a statement may take. */
const SLICE_MS = 2 * DAY_MS;

/**
 * Brings hours and days that are over up to date. TimescaleDB knows by itself which of them late samples fell into; nothing before
 * the raw samples that are kept is touched, where a refresh would find nothing and delete the bucket.
 */
export async function rollUpHours(engine: SqlEngine, now: number): Promise<void> {
  const end = floorTo(now, HOUR_MS);
  const { watermark } = await loadState(engine);
  if (end <= watermark) return;
  const token = Math.floor(Math.random() * 2 ** 48);
  await engine.transaction(beginRolling(end, token));
  const chunks = await listChunks(engine, "plugin_metrics", { from: watermark, to: end });
  const hours = { from: watermark, to: end };
  for (const span of clipSpans(joinSpans(chunks, SLICE_MS), hours, HOUR_MS))
    await refresh(engine, "plugin_metrics_hourly", span);
  const days = { from: floorTo(watermark, DAY_MS), to: floorTo(end, DAY_MS) };
  for (const span of clipSpans(joinSpans(chunks, 15 * SLICE_MS), days, DAY_MS))
    await refresh(engine, "plugin_metrics_daily", span);
  await engine.transaction(endRolling(token));
}

/** Not in a transaction: it has several of its own, and its instants stand in the text. */
async function refresh(engine: SqlEngine, view: string, { from, to }: Span): Promise<void> {
  await engine.query(`call refresh_continuous_aggregate('${view}', ${toTime(String(from))}, ${toTime(String(to))})`);
}
