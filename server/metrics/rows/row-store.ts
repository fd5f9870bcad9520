import type { SqliteConnection } from "../../db/sqlite";
import { messageOf } from "../../errors";
import { chooseGrid, DAY_MS } from "../grid";
import { FLUSH_MS, type Latest, type MetricStore, StoreUnavailable } from "../store";
import { toColumns, toSummaries } from "./columns";
import { type Chunk, createPending } from "./pending";
import { deleteBefore, deleteOf, shrinkFile } from "./prune";
import { exportSamples, readBuckets, readLast, readNewest } from "./queries";
import { limitReach, loadReach, lowerWatermark } from "./reach";
import { requireSamples } from "./require-samples";
import { rollUpHours } from "./rollup";
import { DAILY, finestStep, HOURLY, RAW, sourcesOfGrid, sourcesOfWindow } from "./sources";
import { readStats } from "./stats";

/** Samples that wait while the disk is slow: at 200 a second, more than an hour. 24 bytes each. */
const MAX_PENDING = 1_000_000;

/** A window has one figure: long buckets are few rows to add up. */
const SUMMARY_STEP_MS = 64 * DAY_MS;

const INSERT = "insert or ignore into plugin_metrics (series, at, value) values (?, ?, ?)";

/** The metric store on plain rows in the embedded database. */
export async function openRowStore({ engine }: SqliteConnection): Promise<MetricStore> {
  const reach = await loadReach(engine);
  const newest = new Map<number, Latest>((await readNewest(engine)).map((sample) => [sample.series, sample]));
  const pending = createPending();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let failing = false;
  let closed = false;
  let lastFlushMs: number | null = null;

  async function writePending(): Promise<void> {
    const startedAt = performance.now();
    // What comes in meanwhile belongs to the next flush, so that a flood does not keep this one from ending.
    for (let left = pending.chunks(); left > 0; left--) {
      const chunk = pending.head();
      if (!chunk) return;
      await writeChunk(chunk);
      pending.drop();
      lastFlushMs = performance.now() - startedAt;
    }
  }

  async function writeChunk({ series, at, value }: Chunk): Promise<void> {
    const columns = [series, at, value].map((column) => Float64Array.from(column));
    const earliest = at.reduce((least, instant) => Math.min(least, instant), Number.POSITIVE_INFINITY);
    try {
      await engine.transaction([{ sql: INSERT, columns }, lowerWatermark(reach, earliest)]);
      failing = false;
    } catch (error) {
      failing = true;
      // Kept and tried again: the pipeline hears of it when the bound is reached.
      if (!closed) flushSoon();
      throw new StoreUnavailable(`Samples could not be written: ${messageOf(error)}`, { cause: error });
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    flushing = flushing.catch(() => undefined).then(writePending);
    return flushing;
  }

  function flushSoon(): void {
    timer ??= setTimeout(settle, FLUSH_MS);
  }

  /** Failing is told by `write` once the bound is reached, and by `flush`; what is pending is tried again. */
  const settle = () => flush().catch(() => undefined);

  /** Before reading. A database that refuses samples is tried once a second, not at every question. */
  async function settleForReading(): Promise<void> {
    if (!failing && pending.size() > 0) await settle();
  }

  const store: MetricStore = {
    write(batch) {
      if (closed) throw new StoreUnavailable("The metric store is closed.");
      requireSamples(batch);
      if (pending.size() + batch.series.length > MAX_PENDING) {
        throw new StoreUnavailable(`The database has not taken samples for a while; ${pending.size()} are waiting.`);
      }
      for (const [index, series] of batch.series.entries()) {
        const at = batch.at[index] ?? 0;
        // Plus 0, because SQLite keeps no negative zero, and what is read must not change with a restart.
        const value = (batch.value[index] ?? 0) + 0;
        // Its hour is rolled up for good, and its neighbours are gone.
        if (at < reach.rawFrom) continue;
        pending.add(series, at, value);
        if (at > (newest.get(series)?.at ?? -1)) newest.set(series, { series, at, value });
      }
      flushSoon();
    },
    flush,
    latest: (series) => series.flatMap((id) => newest.get(id) ?? []),
    async range({ series, from, to, maxPoints, minStepMs = 1_000 }) {
      await settleForReading();
      const grid = chooseGrid({ from, to, maxPoints, minStepMs: Math.max(minStepMs, finestStep(from, reach)) });
      const end = grid.from + grid.length * grid.stepMs;
      const sources = sourcesOfGrid({ from: grid.from, to: end }, grid.stepMs, reach);
      const rows = await readBuckets(engine, [...new Set(series)], { stepMs: grid.stepMs, sources });
      return { ...grid, tierSeconds: sources[0]?.tierSeconds ?? RAW, series: toColumns(series, grid, rows) };
    },
    async window({ series, from, to }) {
      await settleForReading();
      const sources = sourcesOfWindow({ from, to }, reach);
      const ids = [...new Set(series)];
      const [rows, last] = await Promise.all([
        readBuckets(engine, ids, { stepMs: SUMMARY_STEP_MS, sources }),
        readLast(engine, ids, { from: Math.min(from, ...sources.map((source) => source.from)), to, reach }),
      ]);
      return toSummaries(ids, rows, last);
    },
    async top({ by, limit, ...query }) {
      const summaries = await store.window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    async rollUp(now) {
      await settle();
      await rollUpHours(engine, reach, now);
    },
    async prune(now, retention) {
      await settle();
      const { dailyFrom } = await limitReach(engine, reach, { now, retention });
      for (const { series, at } of newest.values()) if (at < reach.rawFrom) newest.delete(series);
      const raw = await deleteBefore(engine, RAW, reach.rawFrom);
      const hours = await deleteBefore(engine, HOURLY, reach.hourlyFrom);
      const days = await deleteBefore(engine, DAILY, dailyFrom);
      await shrinkFile(engine);
      return raw + hours + days;
    },
    async forget(series) {
      await settle();
      for (const id of series) {
        newest.delete(id);
        for (const tierSeconds of [RAW, HOURLY, DAILY]) {
          await deleteOf(engine, { series: id, tierSeconds, before: Number.MAX_SAFE_INTEGER });
        }
      }
    },
    async *export({ series, from, to }) {
      await settleForReading();
      for (const id of series) yield* exportSamples(engine, { series: id, from: Math.max(from, reach.rawFrom), to });
    },
    async stats() {
      const read = await readStats(engine, reach);
      return { engine: "SQLite rows", ...read, pending: pending.size(), lastFlushMs };
    },
    async ping() {
      await engine.query("select 1").catch((error: unknown) => {
        throw new StoreUnavailable(`The database does not answer: ${messageOf(error)}`, { cause: error });
      });
    },
    async close() {
      closed = true;
      await flush();
    },
  };
  return store;
}
