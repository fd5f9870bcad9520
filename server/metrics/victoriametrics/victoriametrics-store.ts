import { randomUUID } from "node:crypto";
import { messageOf } from "../../errors";
import { createOutbox, MAX_WAITING } from "../chunks/outbox";
import { emptySpool, type Spool } from "../chunks/spool";
import { type Sums, toRangeSeries, toSummary } from "../chunks/sums";
import { chooseGrid, DAY_MS } from "../grid";
import { createLatencies } from "../latencies";
import { requireSamples } from "../require-samples";
import { RAW } from "../sources";
import { FLUSH_MS, type MetricStore, StoreUnavailable } from "../store";
import { connectTo } from "./connection";
import { exportSeries } from "./export";
import { forgetSeries } from "./forget";
import type { NameSeries } from "./labels";
import { createMemory } from "./memory";
import { createPutSamples, showAll } from "./put-samples";
import { joinYoung, readGrid, readWindow } from "./read";
import { restoreLatest } from "./restore-latest";
import { readTotals } from "./totals";
import { createYoung } from "./young";

/** Questions at once: a chart is a handful of them. */
const SOCKETS = 8;
/** `latest` knows after a start what was measured since. A week at 200 samples a second is read in some seconds. */
const LATEST_WITHIN_MS = 7 * DAY_MS;
/** Of a window that begins about 1970 the server answers nothing at all. */
const EARLIEST_MS = 365 * DAY_MS;

/** What waits stays in memory for questions, also when it is in the spool: 16 bytes a sample. At 200 a second, five hours. */
const MOST_HELD = 4_000_000;

/** When more come in within a minute, as from an import, the server is made to show what it has, so that memory has a bound. */
const MOST_YOUNG = 3_000_000;

export interface VictoriametricsOptions {
  /** Of the server, with what asks for it. */
  readonly url: string;
  /** Letters and digits: tells this Unity's samples from those of others on the server. */
  readonly database: string;
  readonly nameSeries: NameSeries;
  readonly flushMs?: number;
  readonly latestWithinMs?: number;
  /** For samples that the server does not take. The store closes it. */
  readonly spool?: Spool | undefined;
  /** Whether other processes write series of this database, too. As long as none ever did, the last hour is answered from memory. */
  readonly others?: (() => boolean) | undefined;
}

/**
 * Samples in a VictoriaMetrics: remote write in, PromQL and exports out. It keeps values to about 12 digits, adds up what is asked for
 * itself instead of keeping rollups, and drops what is older than its own -retentionPeriod. What it does not show yet is in memory.
 * @throws StoreUnavailable when the server does not answer
 */
export async function openVictoriametricsStore(options: VictoriametricsOptions): Promise<MetricStore> {
  const { url, database, nameSeries, flushMs = FLUSH_MS, latestWithinMs = LATEST_WITHIN_MS, spool } = options;
  const { others = () => false } = options;
  const server = { connection: connectTo(url, { sockets: SOCKETS }), database, reader: randomUUID() };
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      if (error instanceof StoreUnavailable) throw error;
      throw new StoreUnavailable(messageOf(error), { cause: error });
    });
  const now = Date.now();
  const knownFrom = Math.max(EARLIEST_MS, now - latestWithinMs);
  const restore = () => asked(restoreLatest(server, { now, from: knownFrom }));
  const isLeftBehind = spool !== undefined && spool.bytes() > 0;
  // What the process before it sent last: nothing that is there may be missing in memory, and nothing be sent again.
  await showAll(server);
  let latest = await restore();
  const newest = new Map([...latest.values()].map(({ series, at }) => [series, at]));
  const put = createPutSamples(server, { nameSeries, newest, knownFrom });
  if (isLeftBehind) {
    await asked(emptySpool(spool, put));
    await showAll(server);
    latest = await restore();
  }
  const outbox = createOutbox({
    async put(batch) {
      await put(batch);
      young.confirm(batch.id);
      if (young.count() > MOST_YOUNG) await lightenMemory();
    },
    nextId: 1,
    flushMs,
    spool,
  });
  const young = createYoung({ openBatch: () => outbox.openId() });
  const lightenMemory = async () => {
    await showAll(server);
    server.reader = randomUUID();
    young.dropConfirmed();
  };
  const queries = createLatencies();
  const timed = async <T>(answer: Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const value = await asked(answer);
    queries.add(performance.now() - startedAt);
    return value;
  };
  const memory = createMemory(server, { latest, knownFrom, others });
  const held = { server, young, recent: memory.own };
  let closed = false;
  const restoring = memory.restore(() => !closed);

  const store: MetricStore = {
    write(batch) {
      if (closed) throw new StoreUnavailable("The metric store is closed.");
      requireSamples(batch);
      outbox.requireRoom(batch.series.length);
      if (outbox.waiting() + batch.series.length > MOST_HELD)
        throw new StoreUnavailable(`The server has not taken samples for hours; ${outbox.waiting()} are waiting.`);
      const own = memory.own();
      for (let index = 0; index < batch.series.length; index++) {
        const series = batch.series[index] ?? 0;
        const at = batch.at[index] ?? 0;
        // Plus 0: there is one zero.
        const value = (batch.value[index] ?? 0) + 0;
        if (own && !own.heads.add(series, at, value)) continue;
        if (!young.add(series, at, value)) continue;
        own?.buckets.touch(series, at);
        outbox.add(series, at, value);
        if (at > (latest.get(series)?.at ?? -1)) latest.set(series, { series, at, value });
      }
    },
    see({ series, at: instants, value }) {
      memory.see(series);
      for (const [index, id] of series.entries()) {
        const at = instants[index] ?? 0;
        if (at > (latest.get(id)?.at ?? -1)) latest.set(id, { series: id, at, value: value[index] ?? 0 });
      }
    },
    flush() {
      outbox.close();
      return outbox.drain();
    },
    latest: (series) => series.flatMap((id) => latest.get(id) ?? []),
    async range({ series, from, to, maxPoints, minStepMs = 1_000 }) {
      const grid = chooseGrid({ from, to, maxPoints, minStepMs: Math.max(1_000, minStepMs) });
      const sums = await timed(readGrid(held, [...new Set(series)], grid));
      return { ...grid, tierSeconds: RAW, series: [...sums].map(([id, mine]) => toRangeSeries(id, mine)) };
    },
    async window({ series, from, to }) {
      if (to <= from) return [];
      const sums: Map<number, Sums> = await timed(readWindow(held, [...new Set(series)], { from, to }));
      return [...sums].flatMap(([id, mine]) => toSummary(id, mine));
    },
    async top({ by, limit, ...query }) {
      const summaries = await store.window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    // Nothing is kept beside the samples, which the server adds up fast enough.
    async rollUp() {},
    // What the server keeps, and how long, is its own affair: of single series or tiers it knows nothing.
    prune: async () => 0,
    async forget(series) {
      for (const id of series) latest.delete(id);
      await memory.forget(series, async () => {
        await store.flush();
        await asked(forgetSeries(server, series));
        for (const id of series) {
          young.forget(id);
          newest.delete(id);
        }
      });
    },
    async *export({ series, from, to }) {
      for (const id of series) yield* exportSeries(server, { series: id, from, to, young: joinYoung(young, id) });
    },
    async stats() {
      const totals = await asked(readTotals(server));
      const flushed = { lastFlushMs: outbox.lastFlushMs(), flushes: outbox.flushes.summary() };
      const pending = outbox.waiting();
      return { engine: "VictoriaMetrics", ...totals, oldestAt: null, pending, ...flushed, queries: queries.summary() };
    },
    health: () => ({
      pending: outbox.waiting(),
      spooled: outbox.spooled(),
      mostPending: Math.max(0, Math.min(MAX_WAITING, MOST_HELD - outbox.spooled())),
      failing: outbox.failing(),
    }),
    async ping() {
      await asked(server.connection.send("GET", "/health"));
    },
    async close() {
      closed = true;
      outbox.stop();
      try {
        await store.flush();
        // Whoever opens it next has nothing in memory.
        await showAll(server);
      } finally {
        server.connection.close();
        await restoring;
        await spool?.close();
      }
    },
  };
  return store;
}
