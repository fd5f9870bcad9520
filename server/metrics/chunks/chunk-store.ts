import { createQueue } from "../../db/queue";
import type { SqlEngine } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import { chooseGrid } from "../grid";
import { createLatencies } from "../latencies";
import { requireSamples } from "../require-samples";
import { finestStep, RAW, sourcesOfGrid } from "../sources";
import { FLUSH_MS, type MetricStore, StoreUnavailable } from "../store";
import { createAdopter, startAdopting } from "./adopt";
import { createBatchWriter } from "./batch-writer";
import type { ChunkLimits } from "./chunk-row";
import { countSamples, createSizes, usageOf } from "./describe-chunks";
import { exportSeries } from "./export";
import { startFollowing } from "./follow";
import { forgetSeries } from "./forget";
import { createNewestChunks } from "./newest-chunks";
import { openStates } from "./open-states";
import { createOutbox, MAX_WAITING } from "./outbox";
import { commonReach, ownStartsOf, rawFromOf } from "./own-reach";
import type { Parts } from "./parts";
import { pruneChunks } from "./prune";
import { loadReach } from "./reach";
import { readGrid, readWindow } from "./read";
import { addState } from "./replay";
import { rollUpDays } from "./roll-up";
import { owesRoom, sealSeries } from "./seal";
import type { SeriesState } from "./series-state";
import { emptySpool, type Spool } from "./spool";
import { startSealing } from "./start-sealing";
import { createSums, toRangeSeries, toSummary } from "./sums";
import { LOG } from "./tables";
import { exportRollups, importRollups, raiseReach } from "./transfer-rollups";

const DAY_MS = 86_400_000;
/** Two hours at a sample in ten seconds. */
const CHUNK_SAMPLES = 720;
/** Memory for heads has a bound, too: with very many series each gets less. Half of it is filled on average. */
export const HEAD_SAMPLES = 9_000_000;
const LEAST_SAMPLES = 45;
const SPAN_MS = 7 * DAY_MS;
/** Tasks that change chunks: a handful at a time, unless the database is away. */
const MAX_TASKS = 1_000;
const NONE: ReadonlyMap<number, number> = new Map();

export interface ChunkStoreOptions {
  /** Named in `stats`. */
  readonly name: string;
  /**
   * Of this process, where another one leads: what it writes waits beside the log, and chunks are left to that one. Without it, this
   * process leads: it alone may change chunks.
   */
  readonly writer?: string | undefined;
  /** Others write, too: whether there are any now. What they wrote is taken in. */
  readonly others?: (() => boolean) | undefined;
  readonly flushMs?: number;
  readonly chunkSamples?: number;
  readonly now?: () => number;
  /** Another process owns this database: nothing is changed, and what that one has in memory only is not seen. */
  readonly readOnly?: boolean;
  /** For samples that the database does not take. The store closes it. */
  readonly spool?: Spool | undefined;
}

export interface ChunkStore extends MetricStore {
  /** Makes chunks of everything in memory, which otherwise happens bit by bit. */
  seal(): Promise<void>;
  /** Takes in what other processes wrote up to now, which otherwise happens every second. */
  meet(): Promise<void>;
}

/** The portable metric store: heads in memory, a row a flush, compressed chunks and rollups, on any SQL database. */
export async function openChunkStore(engine: SqlEngine, options: ChunkStoreOptions): Promise<ChunkStore> {
  const {
    name,
    writer = LOG,
    others,
    flushMs = FLUSH_MS,
    chunkSamples = CHUNK_SAMPLES,
    now = Date.now,
    readOnly = false,
    spool,
  } = options;
  const batches = createBatchWriter(engine, writer);
  const reach = await loadReach(engine);
  if (spool) await emptySpool(spool, (batch) => batches.put([batch]));
  const leads = !readOnly && writer === LOG;
  const { states, lastId } = await openStates(engine, { reach, now: now(), leads });
  const outbox = createOutbox({ put: batches, nextId: leads ? lastId + 1 : 1, flushMs, now, spool });
  const queries = createLatencies();
  const sizes = createSizes(engine);
  const limits = (): ChunkLimits => ({
    samples: Math.min(chunkSamples, Math.max(LEAST_SAMPLES, Math.floor(HEAD_SAMPLES / Math.max(1, states.size)))),
    spanMs: SPAN_MS,
  });
  const newest = createNewestChunks();
  const dropped = { batches: 0, seen: 0, owes: false };
  const parts: Parts = { engine, states, outbox, reach, newest, limits, dropped };
  const queue = createQueue(MAX_TASKS);
  const lane = <T>(task: () => Promise<T>): Promise<T> =>
    queue.run(() =>
      adopter
        .settle()
        .then(task)
        .catch((error: unknown) => {
          throw error instanceof StoreUnavailable ? error : new StoreUnavailable(messageOf(error), { cause: error });
        }),
    );
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw new StoreUnavailable(`The database does not answer: ${messageOf(error)}`, { cause: error });
    });
  const timed = async <T>(answer: Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const given = await asked(answer);
    queries.add(performance.now() - startedAt);
    return given;
  };
  const sealing = startSealing({
    states,
    limits,
    now,
    seal: (due) => lane(() => sealSeries(parts, due)),
    owes: () => owesRoom(parts),
  });
  let closed = readOnly;
  if (!leads) sealing.stop();
  const adopter = createAdopter({ engine, states, reach, outbox, now, grown: sealing.grown });
  // What processes left that are gone, too: nobody else takes it in.
  if (leads)
    await adopter.adopt().catch((error: unknown) => {
      sealing.stop();
      throw error;
    });
  const adopting = leads && others ? startAdopting({ adopt: () => lane(adopter.adopt), others }) : undefined;
  const following = leads || readOnly ? undefined : startFollowing({ engine, states, reach, lastId, now });

  const store: ChunkStore = {
    write(batch) {
      if (closed) throw new StoreUnavailable(`The metric store is ${readOnly ? "open for reading only" : "closed"}.`);
      requireSamples(batch);
      outbox.requireRoom(batch.series.length);
      if (leads) sealing.requireRoom();
      const { series, at, value } = batch;
      for (let index = 0; index < series.length; index++) {
        const instant = at[index] ?? 0;
        const id = series[index] ?? 0;
        const known = states.get(id);
        // What lies before is rolled up for good, and its neighbours are gone.
        if (instant < rawFromOf(known, reach)) continue;
        // Plus 0: there is one zero.
        add(known ?? addState(states, id), instant, (value[index] ?? 0) + 0);
      }
    },
    async flush() {
      outbox.close();
      await outbox.drain();
      // Whoever fills the store faster than it can seal waits here for the memory.
      await sealing.catchUp();
    },
    see({ series, at, value }) {
      for (let index = 0; index < series.length; index++) {
        const id = series[index] ?? 0;
        (states.get(id) ?? addState(states, id)).see(at[index] ?? 0, value[index] ?? 0);
      }
    },
    latest: (series) =>
      series.flatMap((id) => {
        const state = states.get(id);
        return state && state.newestAt >= 0 ? [{ series: id, at: state.newestAt, value: state.newestValue }] : [];
      }),
    async range({ series, from, to, maxPoints, minStepMs = 1_000 }) {
      const ids = [...new Set(series)];
      const common = commonReach(parts, ids);
      const grid = chooseGrid({ from, to, maxPoints, minStepMs: Math.max(minStepMs, finestStep(from, common)) });
      const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
      const tierSeconds = sourcesOfGrid(window, grid.stepMs, common)[0]?.tierSeconds ?? RAW;
      const sums = await timed(readGrid(parts, ids, grid));
      const empty = createSums(grid);
      return { ...grid, tierSeconds, series: ids.map((id) => toRangeSeries(id, sums.get(id) ?? empty)) };
    },
    async window({ series, from, to }) {
      if (to <= from) return [];
      const ids = [...new Set(series)];
      const sums = await timed(readWindow(parts, ids, { from, to }));
      return ids.flatMap((id) => {
        const mine = sums.get(id);
        return mine ? toSummary(id, mine) : [];
      });
    },
    async top({ by, limit, ...query }) {
      const summaries = await store.window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    seal: () => lane(async () => (leads ? sealSeries(parts, states.values()) : undefined)),
    rollUp: (at) => lane(async () => (leads ? rollUpDays(parts, at) : undefined)),
    prune: (at, retention, shorter = NONE) =>
      lane(async () => (leads ? pruneChunks(parts, { now: at, retention, shorter }) : 0)),
    async forget(series) {
      if (leads) return lane(() => forgetSeries({ ...parts, states }, series));
      for (const id of series) states.delete(id);
    },
    async meet() {
      if (leads) await lane(adopter.adopt);
      else await asked(following?.catchUp() ?? Promise.resolve());
    },
    async *export({ series, from, to }) {
      for (const id of series) {
        yield* exportSeries(parts, { series: id, from: Math.max(from, rawFromOf(states.get(id), reach)), to });
      }
    },
    rollups: {
      starts: () => ({ rawFrom: reach.rawFrom, hourlyFrom: reach.hourlyFrom, dailyFrom: reach.dailyFrom }),
      export: (query) => exportRollups(parts, query),
      import: (rollups) => lane(() => importRollups({ ...parts, states }, rollups)),
      ownStarts: () => ownStartsOf(states, reach),
      beginAt: (starts, own = NONE) => lane(() => raiseReach(parts, starts, own)),
    },
    async stats() {
      const tables = await asked(sizes());
      return {
        engine: name,
        ...countSamples(states),
        bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
        pending: outbox.waiting(),
        lastFlushMs: outbox.lastFlushMs(),
        tables,
        flushes: outbox.flushes.summary(),
        queries: queries.summary(),
      };
    },
    health: () => ({
      pending: outbox.waiting(),
      spooled: outbox.spooled(),
      mostPending: MAX_WAITING,
      failing: outbox.failing(),
    }),
    usage: () => usageOf(states),
    async ping() {
      await asked(engine.query("select 1"));
    },
    async close() {
      closed = true;
      sealing.stop();
      adopting?.();
      outbox.stop();
      await following?.stop();
      await queue.run(async () => undefined);
      try {
        await store.flush();
      } finally {
        await spool?.close();
      }
    },
  };
  return store;

  function add(state: SeriesState, at: number, value: number): void {
    const fresh = state.head.count === 0;
    if (!state.add(at, value)) return;
    if (fresh) {
      state.head.batch = outbox.openId();
      state.head.since = now();
    }
    outbox.add(state.series, at, value);
    if (leads) sealing.grown(state);
  }
}
