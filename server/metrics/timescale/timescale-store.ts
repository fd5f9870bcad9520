import { createQueue } from "../../db/queue";
import type { SqlEngine } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import { createOutbox, MAX_WAITING } from "../chunks/outbox";
import { emptySpool, type Spool } from "../chunks/spool";
import { createSums, type Sums, toRangeSeries, toSummary } from "../chunks/sums";
import { chooseGrid, floorTo, HOUR_MS } from "../grid";
import { createLatencies } from "../latencies";
import { requireSamples } from "../require-samples";
import { DAILY, finestStep, RAW, sourcesOfGrid } from "../sources";
import { FLUSH_MS, type MetricStore, StoreUnavailable, type TierStarts } from "../store";
import { exportSeries } from "./export";
import { forgetSeries } from "./forget";
import { planRetention } from "./plan-policies";
import { pruneChunks } from "./prune";
import { putSamples } from "./put-samples";
import { createState, loadState, type State } from "./reach";
import { readGrid, readWindow } from "./read";
import { restoreLatest } from "./restore-latest";
import { rollUpHours } from "./roll-up";
import { seeDropped } from "./see-dropped";
import { carryOut } from "./set-up";
import { readTotals } from "./totals";
import { exportRollups, importRollups, raiseStarts } from "./transfer-rollups";

/** Tasks that change chunks: a handful at a time, unless the database is away. */
const MAX_TASKS = 1_000;
/** Retention moves on once a night. */
const MOST_TRIES = 3;

export interface TimescaleStoreOptions {
  /** Named in `stats`. */
  readonly name?: string;
  readonly flushMs?: number;
  /** TimescaleDB's own jobs drop, too: they are told what is to be kept. */
  readonly policies?: boolean;
  /** Beside another process: nothing is written. */
  readonly readOnly?: boolean;
  /** For samples that the database does not take. The store closes it. */
  readonly spool?: Spool | undefined;
  readonly now?: () => number;
}

/** Samples as rows of a hypertable, rolled up by continuous aggregates. What the set-up makes must be there. */
export async function openTimescaleStore(
  engine: SqlEngine,
  {
    name = "TimescaleDB",
    flushMs = FLUSH_MS,
    policies = false,
    readOnly = false,
    now = Date.now,
    spool,
  }: TimescaleStoreOptions = {},
): Promise<MetricStore> {
  if (!readOnly) {
    await createState(engine);
    await seeDropped(engine, now());
    const { rawFrom } = await loadState(engine);
    if (spool) await emptySpool(spool, (batch) => engine.transaction(putSamples(batch, { rawFrom, isLate: true })));
  }
  const opened = await loadState(engine);
  const latest = await restoreLatest(engine, opened);
  /** Only ever later. */
  let starts: TierStarts = opened;
  /** Of the newest rollup that this process knows of. */
  let rolledTo = opened.watermark;
  const queries = createLatencies();
  const outbox = createOutbox({
    put(batch) {
      const isLate = batch.at.subarray(0, batch.count).some((at) => at < rolledTo);
      return engine.transaction(putSamples(batch, { rawFrom: starts.rawFrom, isLate }));
    },
    nextId: 1,
    flushMs,
    now,
    spool,
  });
  const queue = createQueue(MAX_TASKS);
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      if (error instanceof StoreUnavailable) throw error;
      throw new StoreUnavailable(`The database does not answer: ${messageOf(error)}`, { cause: error });
    });
  const asking: SqlEngine = { ...engine, query: (...question) => asked(engine.query(...question)) };
  /** Tasks that change what is stored come one after another, each with everything accepted before it. */
  const lane = <T>(task: () => Promise<T>): Promise<T> => queue.run(() => asked(flush().then(task)));
  let closed = readOnly;

  function flush(): Promise<void> {
    outbox.close();
    return outbox.drain();
  }

  function see({ rawFrom, hourlyFrom, dailyFrom }: TierStarts): void {
    starts = {
      rawFrom: Math.max(starts.rawFrom, rawFrom),
      hourlyFrom: Math.max(starts.hourlyFrom, hourlyFrom),
      dailyFrom: Math.max(starts.dailyFrom, dailyFrom),
    };
  }

  async function look(): Promise<State> {
    const state = await loadState(engine);
    see(state);
    rolledTo = Math.max(rolledTo, state.watermark);
    return state;
  }

  /** As below, and how long it took. */
  async function answer<T>(question: (state: State) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const given = await asked(read(question));
    queries.add(performance.now() - startedAt);
    return given;
  }

  /** With everything accepted before, which is written first; and again when what it read was dropped meanwhile. */
  async function read<T>(question: (state: State) => Promise<T>, tries = 0): Promise<T> {
    if (outbox.waiting() > 0) await flush();
    const state = await look();
    const given = await question(state);
    return state.rawFrom !== starts.rawFrom && tries < MOST_TRIES ? read(question, tries + 1) : given;
  }

  const store: MetricStore = {
    write(batch) {
      if (closed) throw new StoreUnavailable(`The metric store is ${readOnly ? "open for reading only" : "closed"}.`);
      requireSamples(batch);
      outbox.requireRoom(batch.series.length);
      for (let index = 0; index < batch.series.length; index++) {
        const at = batch.at[index] ?? 0;
        // What lies before is rolled up for good, and its neighbours are gone.
        if (at < starts.rawFrom) continue;
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
      answer(async (state) => {
        const grid = chooseGrid({ from, to, maxPoints, minStepMs: Math.max(minStepMs, finestStep(from, state)) });
        const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
        const tierSeconds = sourcesOfGrid(window, grid.stepMs, state)[0]?.tierSeconds ?? RAW;
        const ids = [...new Set(series)];
        const sums = await readGrid(engine, ids, grid, state);
        const lines = ids.map((id) => toRangeSeries(id, sumsOf(sums, id, grid)));
        return { ...grid, tierSeconds, series: lines };
      }),
    async window({ series, from, to }) {
      if (to <= from) return [];
      const ids = [...new Set(series)];
      const sums = await answer((state) => readWindow(engine, ids, { from, to }, state));
      return ids.flatMap((id) => {
        const mine = sums.get(id);
        return mine ? toSummary(id, mine) : [];
      });
    },
    async top({ by, limit, ...query }) {
      const summaries = await store.window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    rollUp(at) {
      // Before it begins: a sample that comes in from now on may be in what is being rolled up.
      rolledTo = Math.max(rolledTo, floorTo(at, HOUR_MS));
      return lane(() => rollUpHours(engine, at));
    },
    prune: (at, retention) =>
      lane(async () => {
        if (policies) for (const plan of planRetention(retention)) await carryOut(engine, plan);
        return pruneChunks(engine, {
          now: at,
          retention,
          told(reach) {
            see(reach);
            for (const { series, at: newestAt } of latest.values()) if (newestAt < reach.rawFrom) latest.delete(series);
          },
        });
      }),
    forget(series) {
      for (const id of series) latest.delete(id);
      return lane(() => forgetSeries(engine, series));
    },
    async *export({ series, from, to }) {
      await asked(read(async () => undefined));
      for (const id of series) yield* exportSeries(asking, { series: id, from: Math.max(from, starts.rawFrom), to });
    },
    rollups: {
      starts: () => ({ rawFrom: starts.rawFrom, hourlyFrom: starts.hourlyFrom, dailyFrom: starts.dailyFrom }),
      export({ series, tierSeconds }) {
        const from = tierSeconds === DAILY ? starts.dailyFrom : starts.hourlyFrom;
        return exportRollups(asking, { series, tierSeconds, from });
      },
      import: (rollups) => lane(() => importRollups(engine, rollups)),
      beginAt: (wanted) =>
        lane(async () => {
          await raiseStarts(engine, await look(), wanted);
          await look();
        }),
    },
    async stats() {
      const { samples, ...totals } = await asked(look().then((state) => readTotals(engine, state)));
      const pending = outbox.waiting();
      const flushes = { lastFlushMs: outbox.lastFlushMs(), flushes: outbox.flushes.summary() };
      return { engine: name, ...totals, samples: samples + pending, pending, ...flushes, queries: queries.summary() };
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
      try {
        await store.flush();
      } finally {
        await spool?.close();
      }
    },
  };
  return store;
}

const sumsOf = (sums: ReadonlyMap<number, Sums>, id: number, grid: Parameters<typeof createSums>[0]) =>
  sums.get(id) ?? createSums(grid);
