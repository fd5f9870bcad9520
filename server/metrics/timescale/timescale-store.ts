import { createQueue } from "../../db/queue";
import type { SqlEngine } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import { createOutbox, MAX_WAITING } from "../chunks/outbox";
import { emptySpool, type Spool } from "../chunks/spool";
import { floorTo, HOUR_MS } from "../grid";
import { createLatencies } from "../latencies";
import { createHeads } from "../recent/heads";
import { restoreHeads } from "../recent/restore-heads";
import { DAILY } from "../sources";
import { FLUSH_MS, type MetricStore, StoreUnavailable } from "../store";
import { countSamples } from "./count-samples";
import { exportSeries } from "./export";
import { forgetSeries } from "./forget";
import { createIntake } from "./intake";
import { createKnownReach } from "./known-reach";
import { createMemory } from "./memory";
import { planRetention } from "./plan-policies";
import { pruneChunks } from "./prune";
import { putSamples } from "./put-samples";
import { createQuestions } from "./questions";
import { createState, loadState } from "./reach";
import { createReadNewest } from "./read-newest";
import { recentFrom, restoreLatest } from "./restore-latest";
import { rollUpHours } from "./roll-up";
import { seeDropped } from "./see-dropped";
import { carryOut } from "./set-up";
import { readTotals } from "./totals";
import { exportRollups, importRollups, raiseStarts } from "./transfer-rollups";
import { createUsageBook } from "./usage";

/** Tasks that change chunks: a handful at a time, unless the database is away. */
const MAX_TASKS = 1_000;

export interface TimescaleStoreOptions {
  /** Named in `stats`. */
  readonly name?: string;
  readonly flushMs?: number;
  /** TimescaleDB's own jobs drop, too: they are told what is to be kept. */
  readonly policies?: boolean;
  /** Beside another process: nothing is written. */
  readonly readOnly?: boolean;
  /**
   * Whether other processes write to this database, too. As long as none ever did, the newest samples are answered from memory. Without
   * it there are none.
   */
  readonly others?: (() => boolean) | undefined;
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
    others = () => false,
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
  const known = createKnownReach(engine, opened);
  const memory = createMemory({ heads: readOnly ? null : createHeads({ latest, since: recentFrom(opened) }), others });
  const queries = createLatencies();
  const outbox = createOutbox({
    put(batch) {
      const isLate = batch.at.subarray(0, batch.count).some((at) => at < known.rolledTo());
      return engine.transaction(putSamples(batch, { rawFrom: known.starts().rawFrom, isLate }));
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
  const questions = createQuestions({
    engine,
    known,
    memory,
    settle: async () => (outbox.waiting() > 0 ? flush() : undefined),
  });
  const usage = createUsageBook({
    latest,
    settle: flush,
    count: async (series) => countSamples(engine, { series, ...(await known.look()) }),
  });
  const intake = createIntake({ outbox, known, latest, memory, usage });
  let closed = readOnly;
  const background = inBackground();

  function flush(): Promise<void> {
    outbox.close();
    return outbox.drain();
  }

  async function inBackground(): Promise<void> {
    if (readOnly) return;
    const from = Math.max(opened.rawFrom, now() - HOUR_MS);
    const own = memory.heads();
    const goOn = () => !closed && memory.heads() !== null;
    // Without it answers come from the database: whoever writes to it says that it is away.
    if (own) await restoreHeads(own, createReadNewest(engine), { latest, from, goOn }).catch(() => undefined);
    if (!closed) await usage.refresh();
  }

  /** As `lane`, of what memory cannot follow. */
  const changing = <T>(task: () => Promise<T>): Promise<T> => memory.change(() => lane(task));

  /** How long it took, too. */
  async function timed<T>(answer: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const given = await asked(answer);
    queries.add(performance.now() - startedAt);
    return given;
  }

  const store: MetricStore = {
    write(batch) {
      if (closed) throw new StoreUnavailable(`The metric store is ${readOnly ? "open for reading only" : "closed"}.`);
      intake.write(batch);
    },
    see: intake.see,
    flush,
    latest: (series) => series.flatMap((id) => latest.get(id) ?? []),
    range: (query) => timed(questions.range(query)),
    window: (query) => timed(questions.window(query)),
    async top({ by, limit, ...query }) {
      const summaries = await store.window(query);
      return summaries.sort((a, b) => b[by] - a[by] || a.series - b.series).slice(0, limit);
    },
    rollUp(at) {
      known.rollTo(floorTo(at, HOUR_MS));
      return lane(async () => {
        await rollUpHours(engine, at);
        await usage.refreshSometimes();
      });
    },
    prune: (at, retention) =>
      changing(async () => {
        if (policies) for (const plan of planRetention(retention)) await carryOut(engine, plan);
        const dropped = await pruneChunks(engine, {
          now: at,
          retention,
          told(reach) {
            known.see(reach);
            for (const { series, at: newestAt } of latest.values()) if (newestAt < reach.rawFrom) latest.delete(series);
          },
        });
        await usage.refresh();
        return dropped;
      }),
    async forget(series) {
      for (const id of series) latest.delete(id);
      usage.forget(series);
      memory.heads()?.block(series);
      await changing(() => forgetSeries(engine, series));
      known.forget(series);
      memory.heads()?.release(series);
    },
    async *export({ series, from, to }) {
      await asked(questions.read(async () => undefined));
      for (const id of series)
        yield* exportSeries(asking, { series: id, from: Math.max(from, known.rawFromOf(id)), to });
    },
    rollups: {
      starts: known.starts,
      export({ series, tierSeconds }) {
        const { hourlyFrom, dailyFrom } = known.starts();
        return exportRollups(asking, { series, tierSeconds, from: tierSeconds === DAILY ? dailyFrom : hourlyFrom });
      },
      import(rollups) {
        known.bring(rollups);
        return changing(() => importRollups(engine, rollups));
      },
      ownStarts: known.ownStarts,
      beginAt: (starts, own = new Map()) =>
        changing(async () => {
          await raiseStarts(engine, await known.look(), { starts, own });
          await known.look();
        }),
    },
    async stats() {
      const { samples, ...totals } = await asked(known.look().then((state) => readTotals(engine, state)));
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
    usage: usage.list,
    async ping() {
      await asked(engine.query("select 1"));
    },
    async close() {
      closed = true;
      outbox.stop();
      await queue.run(async () => undefined);
      await background;
      try {
        await store.flush();
      } finally {
        await spool?.close();
      }
    },
  };
  return store;
}
