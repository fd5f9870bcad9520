import { createQueue } from "../../db/queue";
import type { SqlEngine } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import { createOutbox, MAX_WAITING } from "../chunks/outbox";
import { createSums, type Sums, toRangeSeries, toSummary } from "../chunks/sums";
import { chooseGrid, floorTo, HOUR_MS } from "../grid";
import { requireSamples } from "../require-samples";
import { finestStep, RAW, sourcesOfGrid } from "../sources";
import { FLUSH_MS, type MetricStore, StoreUnavailable } from "../store";
import { exportSeries } from "./export";
import { forgetSeries } from "./forget";
import { pruneChunks } from "./prune";
import { putSamples } from "./put-samples";
import { createState, loadState, type State } from "./reach";
import { readGrid, readWindow } from "./read";
import { restoreLatest } from "./restore-latest";
import { rollUpHours } from "./roll-up";
import { readTotals } from "./totals";

/** Tasks that change chunks: a handful at a time, unless the database is away. */
const MAX_TASKS = 1_000;
/** Retention moves on once a night. */
const MOST_TRIES = 3;

/** Samples as rows of a hypertable, rolled up by continuous aggregates. What the set-up makes must be there. */
export async function openTimescaleStore(
  engine: SqlEngine,
  { name = "TimescaleDB", flushMs = FLUSH_MS }: { name?: string; flushMs?: number } = {},
): Promise<MetricStore> {
  await createState(engine);
  const opened = await loadState(engine);
  const latest = await restoreLatest(engine, opened);
  /** What lies before has no raw samples any more. Only ever later. */
  let { rawFrom } = opened;
  /** Of the newest rollup that this process knows of. */
  let rolledTo = opened.watermark;
  const outbox = createOutbox({
    put(batch) {
      const isLate = batch.at.subarray(0, batch.count).some((at) => at < rolledTo);
      return engine.transaction(putSamples(batch, { rawFrom, isLate }));
    },
    nextId: 1,
    flushMs,
  });
  const queue = createQueue(MAX_TASKS);
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      if (error instanceof StoreUnavailable) throw error;
      throw new StoreUnavailable(`The database does not answer: ${messageOf(error)}`, { cause: error });
    });
  /** Tasks that change what is stored come one after another, each with everything accepted before it. */
  const lane = <T>(task: () => Promise<T>): Promise<T> => queue.run(() => asked(flush().then(task)));
  let closed = false;

  function flush(): Promise<void> {
    outbox.close();
    return outbox.drain();
  }

  async function look(): Promise<State> {
    const state = await loadState(engine);
    rawFrom = Math.max(rawFrom, state.rawFrom);
    rolledTo = Math.max(rolledTo, state.watermark);
    return state;
  }

  /** With everything accepted before, which is written first; and again when what it read was dropped meanwhile. */
  async function read<T>(question: (state: State) => Promise<T>, tries = 0): Promise<T> {
    if (outbox.waiting() > 0) await flush();
    const state = await look();
    const answer = await question(state);
    return state.rawFrom !== rawFrom && tries < MOST_TRIES ? read(question, tries + 1) : answer;
  }

  const store: MetricStore = {
    write(batch) {
      if (closed) throw new StoreUnavailable("The metric store is closed.");
      requireSamples(batch);
      outbox.requireRoom(batch.series.length);
      for (let index = 0; index < batch.series.length; index++) {
        const at = batch.at[index] ?? 0;
        // What lies before is rolled up for good, and its neighbours are gone.
        if (at < rawFrom) continue;
        const series = batch.series[index] ?? 0;
        // Plus 0: there is one zero.
        const value = (batch.value[index] ?? 0) + 0;
        outbox.add(series, at, value);
        if (at > (latest.get(series)?.at ?? -1)) latest.set(series, { series, at, value });
      }
    },
    flush,
    latest: (series) => series.flatMap((id) => latest.get(id) ?? []),
    range: ({ series, from, to, maxPoints, minStepMs = 1_000 }) =>
      asked(
        read(async (state) => {
          const grid = chooseGrid({ from, to, maxPoints, minStepMs: Math.max(minStepMs, finestStep(from, state)) });
          const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
          const tierSeconds = sourcesOfGrid(window, grid.stepMs, state)[0]?.tierSeconds ?? RAW;
          const ids = [...new Set(series)];
          const sums = await readGrid(engine, ids, grid, state);
          const lines = ids.map((id) => toRangeSeries(id, sumsOf(sums, id, grid)));
          return { ...grid, tierSeconds, series: lines };
        }),
      ),
    async window({ series, from, to }) {
      if (to <= from) return [];
      const ids = [...new Set(series)];
      const sums = await asked(read((state) => readWindow(engine, ids, { from, to }, state)));
      return ids.flatMap((id) => {
        const mine = sums.get(id);
        return mine ? toSummary(id, mine) : [];
      });
    },
    async top({ by, limit, ...query }) {
      const summaries = await store.window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    rollUp(now) {
      // Before it begins: a sample that comes in from now on may be in what is being rolled up.
      rolledTo = Math.max(rolledTo, floorTo(now, HOUR_MS));
      return lane(() => rollUpHours(engine, now));
    },
    prune: (now, retention) =>
      lane(() =>
        pruneChunks(engine, {
          now,
          retention,
          told(reach) {
            rawFrom = Math.max(rawFrom, reach.rawFrom);
            for (const { series, at } of latest.values()) if (at < rawFrom) latest.delete(series);
          },
        }),
      ),
    forget(series) {
      for (const id of series) latest.delete(id);
      return lane(() => forgetSeries(engine, series));
    },
    async *export({ series, from, to }) {
      await asked(read(async () => undefined));
      for (const id of series) yield* exportSeries(engine, { series: id, from: Math.max(from, rawFrom), to });
    },
    async stats() {
      const { samples, ...totals } = await asked(look().then((state) => readTotals(engine, state)));
      const pending = outbox.waiting();
      const flushes = { lastFlushMs: outbox.lastFlushMs(), flushes: outbox.flushes.summary() };
      return { engine: name, ...totals, samples: samples + pending, pending, ...flushes };
    },
    health: () => ({
      pending: outbox.waiting(),
      spooled: outbox.spooled(),
      mostPending: MAX_WAITING,
      failing: outbox.failing(),
    }),
    async ping() {
      await asked(engine.query("select 1"));
    },
    async close() {
      closed = true;
      outbox.stop();
      await queue.run(async () => undefined);
      await store.flush();
    },
  };
  return store;
}

const sumsOf = (sums: ReadonlyMap<number, Sums>, id: number, grid: Parameters<typeof createSums>[0]) =>
  sums.get(id) ?? createSums(grid);
