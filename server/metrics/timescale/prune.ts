import type { SqlEngine } from "../../db/sql-engine";
import { limitReach, type Reach } from "../chunks/reach";
import { DAY_MS } from "../grid";
import type { Retention } from "../store";
import { joinSpans, listChunks } from "./chunk-list";
import { toTime } from "./instants";
import { dropOutrun } from "./own-starts";
import { loadState, lockState, raiseFrom, subtractSamples } from "./reach";

/** Chunks that are counted and dropped at once. */
const SLICE_MS = 10 * DAY_MS;

/**
 * Drops chunks that lie wholly before what their tier keeps. Returns how many raw samples and buckets went.
 * @param told how far the tiers reach from now on, before anything goes
 */
export async function pruneChunks(
  engine: SqlEngine,
  { now, retention, told }: { now: number; retention: Retention; told: (reach: Reach) => void },
): Promise<number> {
  const reach: Reach = await loadState(engine);
  limitReach(reach, now, retention);
  told(reach);
  await engine.transaction([...raiseFrom(reach), dropOutrun(reach.rawFrom)]);
  const raw = await dropSamples(engine, reach.rawFrom);
  const hours = await dropBuckets(engine, "plugin_metrics_hourly", reach.hourlyFrom);
  return raw + hours + (await dropBuckets(engine, "plugin_metrics_daily", reach.dailyFrom));
}

async function dropSamples(engine: SqlEngine, before: number): Promise<number> {
  const chunks = await listChunks(engine, "plugin_metrics", { from: 0, to: before });
  const over = chunks.filter(({ to }) => to <= before);
  let dropped = 0;
  for (const { from, to } of joinSpans(over, SLICE_MS)) {
    const [row] = await engine.query(
      `select count(*) from plugin_metrics where time >= ${toTime()} and time < ${toTime()}`,
      [from, to],
    );
    const count = Number(row?.[0]);
    await engine.transaction([lockState, subtractSamples(count), dropChunks("plugin_metrics", to)]);
    dropped += count;
  }
  return dropped;
}

async function dropBuckets(engine: SqlEngine, view: string, before: number): Promise<number> {
  const count = async () =>
    Number((await engine.query(`select count(*) from ${view} where bucket < ${toTime()}`, [before]))[0]?.[0]);
  const there = await count();
  if (there === 0) return 0;
  await engine.transaction([dropChunks(view, before)]);
  return there - (await count());
}

const dropChunks = (table: string, before: number) => ({
  sql: `select drop_chunks('${table}', older_than => ${toTime()})`,
  params: [before],
});
