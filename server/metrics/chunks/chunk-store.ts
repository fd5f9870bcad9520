import { createQueue } from "../../db/queue";
import type { SqlEngine } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import { chooseGrid } from "../grid";
import { requireSamples } from "../require-samples";
import { finestStep, RAW, sourcesOfGrid } from "../sources";
import { FLUSH_MS, type MetricStore, StoreUnavailable } from "../store";
import type { ChunkLimits } from "./chunk-row";
import { deflateBatch, encodeBatch } from "./codec/batch";
import { exportSeries } from "./export";
import { forgetSeries } from "./forget";
import { openStates } from "./open-states";
import { createOutbox } from "./outbox";
import type { Parts } from "./parts";
import { pruneChunks } from "./prune";
import { loadReach } from "./reach";
import { readGrid, readWindow } from "./read";
import { rollUpDays } from "./roll-up";
import { sealSeries } from "./seal";
import { SeriesState } from "./series-state";
import { startSealing } from "./start-sealing";
import { createSums, toRangeSeries, toSummary } from "./sums";
import { CHUNK_TABLES, putBatch } from "./tables";

const DAY_MS = 86_400_000;
/** Two hours at a sample in ten seconds. */
const CHUNK_SAMPLES = 720;
/** Memory for heads has a bound, too: with very many series each gets less. Half of it is filled on average. */
const HEAD_SAMPLES = 24_000_000;
const LEAST_SAMPLES = 60;
const SPAN_MS = 7 * DAY_MS;
/** Tasks that change chunks: a handful at a time, unless the database is away. */
const MAX_TASKS = 1_000;

export interface ChunkStoreOptions {
  /** Named in `stats`. */
  readonly name: string;
  /** Of this process, among those that share a database. */
  readonly writer?: string;
  readonly flushMs?: number;
  readonly chunkSamples?: number;
  readonly now?: () => number;
}

export interface ChunkStore extends MetricStore {
  /** Makes chunks of everything in memory, which otherwise happens bit by bit. */
  seal(): Promise<void>;
}

/** The portable metric store: heads in memory, a row a flush, compressed chunks and rollups, on any SQL database. */
export async function openChunkStore(engine: SqlEngine, options: ChunkStoreOptions): Promise<ChunkStore> {
  const { name, writer = "1", flushMs = FLUSH_MS, chunkSamples = CHUNK_SAMPLES, now = Date.now } = options;
  const reach = await loadReach(engine);
  const { states, nextId } = await openStates(engine, reach, now());
  const outbox = createOutbox({
    // The write-ahead log of the heads: one row a flush.
    async put({ id, count: samples, series, at, value }) {
      const data = await deflateBatch(encodeBatch(series, at, value, samples));
      await engine.transaction([putBatch(writer, { id, samples, data })]);
    },
    nextId,
    flushMs,
  });
  const limits = (): ChunkLimits => ({
    samples: Math.min(chunkSamples, Math.max(LEAST_SAMPLES, Math.floor(HEAD_SAMPLES / Math.max(1, states.size)))),
    spanMs: SPAN_MS,
  });
  const parts: Parts = { engine, writer, states, outbox, reach, limits, dropped: { batches: 0 } };
  const queue = createQueue(MAX_TASKS);
  const lane = <T>(task: () => Promise<T>): Promise<T> =>
    queue.run(() =>
      task().catch((error: unknown) => {
        throw error instanceof StoreUnavailable ? error : new StoreUnavailable(messageOf(error), { cause: error });
      }),
    );
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw new StoreUnavailable(`The database does not answer: ${messageOf(error)}`, { cause: error });
    });
  const sealing = startSealing({ states, limits, now, seal: (due) => lane(() => sealSeries(parts, due)) });
  let closed = false;

  const store: ChunkStore = {
    write(batch) {
      if (closed) throw new StoreUnavailable("The metric store is closed.");
      requireSamples(batch);
      outbox.requireRoom(batch.series.length);
      sealing.requireRoom();
      const { series, at, value } = batch;
      const { rawFrom } = reach;
      for (let index = 0; index < series.length; index++) {
        const instant = at[index] ?? 0;
        // What lies before is rolled up for good, and its neighbours are gone.
        if (instant < rawFrom) continue;
        const state = stateOf(series[index] ?? 0);
        // Plus 0: there is one zero.
        add(state, instant, (value[index] ?? 0) + 0);
      }
    },
    async flush() {
      outbox.close();
      await outbox.drain();
      // Whoever fills the store faster than it can seal waits here for the memory.
      await sealing.catchUp();
    },
    latest: (series) =>
      series.flatMap((id) => {
        const state = states.get(id);
        return state && state.newestAt >= 0 ? [{ series: id, at: state.newestAt, value: state.newestValue }] : [];
      }),
    async range({ series, from, to, maxPoints, minStepMs = 1_000 }) {
      const grid = chooseGrid({ from, to, maxPoints, minStepMs: Math.max(minStepMs, finestStep(from, reach)) });
      const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
      const tierSeconds = sourcesOfGrid(window, grid.stepMs, reach)[0]?.tierSeconds ?? RAW;
      const ids = [...new Set(series)];
      const sums = await asked(readGrid(parts, ids, grid));
      const empty = createSums(grid);
      return { ...grid, tierSeconds, series: ids.map((id) => toRangeSeries(id, sums.get(id) ?? empty)) };
    },
    async window({ series, from, to }) {
      if (to <= from) return [];
      const ids = [...new Set(series)];
      const sums = await asked(readWindow(parts, ids, { from, to }));
      return ids.flatMap((id) => {
        const mine = sums.get(id);
        return mine ? toSummary(id, mine) : [];
      });
    },
    async top({ by, limit, ...query }) {
      const summaries = await store.window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    seal: () => lane(() => sealSeries(parts, states.values())),
    rollUp: (at) => lane(() => rollUpDays(parts, at)),
    prune: (at, retention) => lane(() => pruneChunks(parts, at, retention)),
    forget: (series) => lane(() => forgetSeries({ ...parts, states }, series)),
    async *export({ series, from, to }) {
      for (const id of series) yield* exportSeries(parts, { series: id, from: Math.max(from, reach.rawFrom), to });
    },
    async stats() {
      let samples = 0;
      let oldest = Number.POSITIVE_INFINITY;
      for (const state of states.values()) {
        samples += state.sealed.samples + state.unsealed();
        oldest = Math.min(oldest, state.sealed.firstAt, state.firstUnsealedAt());
      }
      const sizes = await asked(engine.sizes(CHUNK_TABLES));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      const oldestAt = Number.isFinite(oldest) ? oldest : null;
      return { engine: name, samples, bytes, oldestAt, pending: outbox.waiting(), lastFlushMs: outbox.lastFlushMs() };
    },
    async ping() {
      await asked(engine.query("select 1"));
    },
    async close() {
      closed = true;
      sealing.stop();
      outbox.stop();
      await queue.run(async () => undefined);
      await store.flush();
    },
  };
  return store;

  function add(state: SeriesState, at: number, value: number): void {
    const fresh = state.head.count === 0;
    if (!state.add(at, value)) return;
    if (fresh) {
      state.headBatch = outbox.openId();
      state.headSince = now();
    }
    outbox.add(state.series, at, value);
    sealing.grown(state);
  }

  function stateOf(series: number): SeriesState {
    const known = states.get(series);
    if (known) return known;
    const state = new SeriesState(series);
    states.set(series, state);
    return state;
  }
}
