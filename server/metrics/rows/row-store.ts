import type { SqliteConnection } from "../../db/sqlite";
import { messageOf } from "../../errors";
import { chooseGrid, DAY_MS, HOUR_MS } from "../grid";
import {
  FLUSH_MS,
  type Latest,
  type MetricStore,
  type Range,
  type RangeQuery,
  type Retention,
  type SampleBatch,
  StoreUnavailable,
  type WindowSummary,
} from "../store";
import { type BucketRow, toColumns } from "./columns";
import { bucketSql, chooseSources, finestStep, HOURLY, type Reach } from "./queries";
import { LOWER_WATERMARK, readNumber, rollUpHours, SET_WATERMARK, seriesSlices, slicesOf, WATERMARK } from "./rollup";

const RAW_FROM = "raw_kept_from";
const HOURLY_FROM = "hourly_kept_from";
/** Samples that wait while the disk is slow: at 200 a second, more than an hour. 24 bytes each. */
const MAX_PENDING = 1_000_000;
/** Windows longer than this are summed from hours. */
const WINDOW_RAW_MS = 2 * DAY_MS;
const EXPORT_BATCH = 10_000;

const INSERT = "insert or ignore into plugin_metrics (series, at, value) values (?, ?, ?)";

/** The metric store on plain rows in the embedded database. */
export async function openRowStore({ engine }: SqliteConnection): Promise<MetricStore> {
  const newest = new Map<number, Latest>();
  let pending: { series: number[]; at: number[]; value: number[] } = { series: [], at: [], value: [] };
  let reach: Reach = {
    rawFrom: await readNumber(engine, RAW_FROM),
    hourlyFrom: await readNumber(engine, HOURLY_FROM),
    watermark: await readNumber(engine, WATERMARK),
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let lastFlushMs: number | null = null;
  let counted: number | undefined;

  const stored = await engine.query(
    `select id, at, value from metric_series join plugin_metrics on series = id
      and at = (select max(at) from plugin_metrics where series = id)`,
  );
  for (const [series, at, value] of stored)
    newest.set(Number(series), { series: Number(series), at: Number(at), value: Number(value) });

  async function writePending(): Promise<void> {
    const batch = pending;
    if (batch.series.length === 0) return;
    pending = { series: [], at: [], value: [] };
    const startedAt = performance.now();
    const lateHour = Math.floor(smallest(batch.at) / HOUR_MS) * HOUR_MS;
    try {
      const columns = [batch.series, batch.at, batch.value].map((column) => Float64Array.from(column));
      const [changes = 0] = await engine.transaction([
        { sql: INSERT, columns },
        { sql: LOWER_WATERMARK, params: [String(lateHour), lateHour] },
      ]);
      if (counted !== undefined) counted += changes;
      if (lateHour < reach.watermark) reach = { ...reach, watermark: lateHour };
      lastFlushMs = performance.now() - startedAt;
    } catch (error) {
      // Back to the front: order is kept, and a sample that was written after all is ignored the second time.
      pending = {
        series: [...batch.series, ...pending.series],
        at: [...batch.at, ...pending.at],
        value: [...batch.value, ...pending.value],
      };
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
    timer ??= setTimeout(() => {
      // Kept and tried again: the pipeline hears of it only when the bound is reached.
      flush().catch(flushSoon);
    }, FLUSH_MS);
  }

  const settled = () => flush().catch(() => undefined);

  async function buckets(
    series: readonly number[],
    from: number,
    to: number,
    stepMs: number,
    tierSeconds: number,
  ): Promise<BucketRow[]> {
    const rows = await engine.query(bucketSql(stepMs, tierSeconds), [JSON.stringify(series), from, to]);
    return rows as unknown as BucketRow[]; // six numbers, by the SQL
  }

  async function range({ series, from, to, maxPoints, minStepMs = 1_000 }: RangeQuery): Promise<Range> {
    await settled();
    const grid = chooseGrid({ from, to, maxPoints, minStepMs: Math.max(minStepMs, finestStep(from, reach)) });
    const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
    const sources = chooseSources(grid, window, reach);
    const rows = await Promise.all(
      sources.map((source) => buckets(series, source.from, source.to, grid.stepMs, source.tierSeconds)),
    );
    return { ...grid, tierSeconds: sources[0]?.tierSeconds ?? 0, series: toColumns(series, grid, rows.flat()) };
  }

  async function window({
    series,
    from,
    to,
  }: {
    series: readonly number[];
    from: number;
    to: number;
  }): Promise<WindowSummary[]> {
    await settled();
    const whole = to - from;
    const tier = whole > WINDOW_RAW_MS || from < reach.rawFrom ? HOURLY : 0;
    const middle = tier === 0 ? from : Math.max(from, Math.min(to, reach.watermark));
    // One bucket that holds the window: aligned steps cannot, so sums are taken by hour and added up.
    const rows = (
      await Promise.all([buckets(series, from, middle, HOUR_MS, HOURLY), buckets(series, middle, to, HOUR_MS, 0)])
    ).flat();
    return summarize(series, rows, await lastValues(series, from, to, tier));
  }

  async function lastValues(
    series: readonly number[],
    from: number,
    to: number,
    tier: number,
  ): Promise<Map<number, number>> {
    const table = "select series, value, max(at) from plugin_metrics where";
    const rollup = `select series, last, max(at) from plugin_metrics_rollup where tier = ${HOURLY} and`;
    const chosen = "series in (select value from json_each(?)) and at >= ? and at < ? group by series";
    const params = [JSON.stringify(series), from, to];
    const older = tier === 0 ? [] : await engine.query(`${rollup} ${chosen}`, params);
    const raw = await engine.query(`${table} ${chosen}`, [
      JSON.stringify(series),
      Math.max(from, to - WINDOW_RAW_MS),
      to,
    ]);
    return new Map([...older, ...raw].map(([id, value]) => [Number(id), Number(value)]));
  }

  return {
    write({ series, at, value }: SampleBatch) {
      if (series.length !== at.length || series.length !== value.length)
        throw new RangeError("The columns differ in length.");
      for (let index = 0; index < series.length; index++) {
        if (!Number.isFinite(value[index]) || !Number.isSafeInteger(at[index])) {
          throw new RangeError(`Sample ${index} of series ${series[index]} is not finite.`);
        }
      }
      if (pending.series.length + series.length > MAX_PENDING) {
        throw new StoreUnavailable(`The database has not taken samples for a while; ${MAX_PENDING} are waiting.`);
      }
      for (const [index, id] of series.entries()) {
        const sample = { series: id, at: at[index] ?? 0, value: value[index] ?? 0 };
        pending.series.push(id);
        pending.at.push(sample.at);
        pending.value.push(sample.value);
        if (sample.at > (newest.get(id)?.at ?? Number.NEGATIVE_INFINITY)) newest.set(id, sample);
      }
      flushSoon();
    },
    flush,
    latest: (series) => series.flatMap((id) => newest.get(id) ?? []),
    range,
    window,
    async top({ by, limit, ...query }) {
      const summaries = await window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    async rollUp(now) {
      await settled();
      reach = { ...reach, watermark: await rollUpHours(engine, now, reach.rawFrom) };
    },
    async prune(now: number, retention: Retention) {
      await settled();
      // What is not rolled up yet is never dropped.
      const rawFrom = Math.min(now - retention.rawMs, reach.watermark);
      const hourlyFrom = now - retention.hourlyMs;
      let rows = 0;
      const gone = "series in (select value from json_each(?)) and at < ?";
      for (const slice of await seriesSlices(engine)) {
        const changes = await engine.transaction([
          { sql: `delete from plugin_metrics where ${gone}`, params: [slice, rawFrom] },
          { sql: `delete from plugin_metrics_rollup where tier = ${HOURLY} and ${gone}`, params: [slice, hourlyFrom] },
          {
            sql: `delete from plugin_metrics_rollup where tier > ${HOURLY} and ${gone}`,
            params: [slice, now - retention.dailyMs],
          },
        ]);
        rows += changes.reduce((sum, count) => sum + count, 0);
      }
      await engine.transaction([
        { sql: SET_WATERMARK, params: [RAW_FROM, String(Math.max(rawFrom, reach.rawFrom))] },
        { sql: SET_WATERMARK, params: [HOURLY_FROM, String(Math.max(hourlyFrom, reach.hourlyFrom))] },
      ]);
      await engine.query("pragma incremental_vacuum(2000)");
      reach = {
        ...reach,
        rawFrom: Math.max(rawFrom, reach.rawFrom),
        hourlyFrom: Math.max(hourlyFrom, reach.hourlyFrom),
      };
      counted = undefined;
      return rows;
    },
    async forget(series) {
      await settled();
      for (const id of series) newest.delete(id);
      for (const slice of slicesOf(series)) {
        await engine.transaction([
          { sql: "delete from plugin_metrics where series in (select value from json_each(?))", params: [slice] },
          {
            sql: "delete from plugin_metrics_rollup where tier in (3600, 86400) and series in (select value from json_each(?))",
            params: [slice],
          },
        ]);
      }
      counted = undefined;
    },
    async *export({ series, from, to }) {
      await settled();
      for (const id of series) {
        for (let start = from; start < to; ) {
          const sql =
            "select at, value from plugin_metrics where series = ? and at >= ? and at < ? order by at limit ?";
          const rows = await engine.query(sql, [id, start, to, EXPORT_BATCH]);
          const last = rows.at(-1)?.[0];
          if (last === undefined) break;
          yield {
            series: rows.map(() => id),
            at: rows.map(([at]) => Number(at)),
            value: rows.map(([, value]) => Number(value)),
          };
          start = Number(last) + 1;
        }
      }
    },
    async stats() {
      counted ??= Number((await engine.query("select count(*) from plugin_metrics"))[0]?.[0] ?? 0);
      const [pages, size, oldest] = await Promise.all([
        engine.query("pragma page_count"),
        engine.query("pragma page_size"),
        engine.query(
          "select min(first) from (select (select min(at) from plugin_metrics where series = metric_series.id) as first from metric_series)",
        ),
      ]);
      const oldestAt = oldest[0]?.[0];
      return {
        engine: "SQLite rows",
        samples: counted,
        bytes: Number(pages[0]?.[0] ?? 0) * Number(size[0]?.[0] ?? 0),
        oldestAt: typeof oldestAt === "number" ? oldestAt : null,
        pending: pending.series.length,
        lastFlushMs,
      };
    },
    async ping() {
      await engine.query("select 1").catch((error: unknown) => {
        throw new StoreUnavailable(`The database does not answer: ${messageOf(error)}`, { cause: error });
      });
    },
    async close() {
      await flush();
      clearTimeout(timer);
    },
  };
}

const smallest = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);

function summarize(
  series: readonly number[],
  rows: readonly BucketRow[],
  last: ReadonlyMap<number, number>,
): WindowSummary[] {
  const sums = new Map<number, { count: number; sum: number; min: number; max: number }>();
  for (const [id, , count, sum, min, max] of rows) {
    const known = sums.get(id);
    sums.set(
      id,
      known
        ? {
            count: known.count + count,
            sum: known.sum + sum,
            min: Math.min(known.min, min),
            max: Math.max(known.max, max),
          }
        : { count, sum, min, max },
    );
  }
  return series.flatMap((id) => {
    const total = sums.get(id);
    if (!total) return [];
    return [
      {
        series: id,
        count: total.count,
        avg: total.sum / total.count,
        min: total.min,
        max: total.max,
        last: last.get(id) ?? total.max,
      },
    ];
  });
}
