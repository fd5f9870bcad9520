import { messageOf } from "../../errors";
import { createLatencies, type Latencies } from "../latencies";
import { StoreUnavailable } from "../store";
import type { Spool, Spooled } from "./spool";

/** At so many a batch is closed at once: encoding it takes about a millisecond. */
export const BATCH_SAMPLES = 10_000;
/** Samples that wait while the database is slow: at 200 a second, more than an hour. 24 bytes each. */
export const MAX_WAITING = 1_000_000;
const RETRY_MS = 1_000;
/** A flush that takes longer has failed as far as people are concerned. */
const SLOW_MS = 10_000;
/** As long when this process is about to end: it has a few seconds. */
const LAST_MS = 1_000;

/** Samples that are written together: `count` of each column, which may be longer. */
export interface Batch {
  readonly id: number;
  readonly series: Float64Array;
  readonly at: Float64Array;
  readonly value: Float64Array;
  count: number;
}

/** For a database to which several batches are hardly more work than one. */
export interface Together {
  /** So many at once. */
  readonly most: number;
  /** A batch that will be put soon, while others are on their way. */
  prepare(batch: Batch): void;
  /** All of them or none. */
  put(batches: readonly Batch[]): Promise<unknown>;
}

/** Samples on their way to the database, a batch a flush. */
export interface Outbox {
  /** @throws StoreUnavailable when so many more would be beyond the bound */
  requireRoom(samples: number): void;
  add(series: number, at: number, value: number): void;
  /** The batch that the next sample will be in. */
  openId(): number;
  /** Ends the open batch. Returns the last one that is closed. */
  close(): number;
  /** Ends the open batch, and keeps so many numbers after it for batches that come from elsewhere. Returns the first of them. */
  reserve(count: number): number;
  /** Makes every closed batch durable. @throws StoreUnavailable; what waits is tried again */
  drain(): Promise<void>;
  /** Accepted, not yet durable. */
  waiting(): number;
  /** Of those, in the spool. */
  spooled(): number;
  lastFlushMs(): number | null;
  readonly flushes: Latencies;
  /** Since when the database does not take batches, and what it says; null while it does. */
  failing(): { since: number; message: string } | null;
  stop(): void;
}

/** A batch in memory, or in the spool. */
interface Waiting {
  readonly id: number;
  readonly count: number;
  batch: Batch | null;
  spooled: Spooled | null;
}

/**
 * @param put makes a batch durable; one that failed is put again, whole
 * @param spool where batches wait that the database does not take; without it in memory
 */
export function createOutbox({
  put,
  nextId,
  flushMs,
  now = Date.now,
  spool,
}: {
  put: Together | ((batch: Batch) => Promise<unknown>);
  nextId: number;
  flushMs: number;
  now?: () => number;
  spool?: Spool | undefined;
}): Outbox {
  const together = typeof put === "function" ? oneByOne(put) : put;
  const closed: Waiting[] = [];
  let open = createBatch(nextId, 64);
  let waiting = 0;
  /** Of those, in the spool. */
  let spooled = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let draining: Promise<void> = Promise.resolve();
  let stopped = false;
  let lastFlushMs: number | null = null;
  let failing: { since: number; message: string } | null = null;
  /** Of the batch that is being written. */
  let writingSince: number | null = null;
  const flushes = createLatencies();
  let saving: Promise<void> = Promise.resolve();
  let silent: ReturnType<typeof setTimeout> | undefined;

  async function writeClosed(): Promise<void> {
    // What is closed meanwhile belongs to the next time, so that a flood does not keep this one from ending.
    for (let left = closed.length; left > 0; ) {
      const next = closed.slice(0, Math.min(left, together.most));
      const startedAt = performance.now();
      const since = now();
      try {
        await saving;
        writingSince = since;
        watch();
        await putAll(next);
        writingSince = null;
        await saving;
      } catch (error) {
        writingSince = null;
        await save();
        failing = { since: failing?.since ?? since, message: messageOf(error) };
        schedule(RETRY_MS);
        throw new StoreUnavailable(`Samples could not be written: ${messageOf(error)}`, { cause: error });
      } finally {
        clearTimeout(silent);
      }
      closed.splice(0, next.length);
      left -= next.length;
      for (const one of next) leave(one);
      lastFlushMs = performance.now() - startedAt;
      flushes.add(lastFlushMs);
      failing = null;
    }
    if (closed.length === 0 && spool?.bytes()) await spool.clear();
  }

  async function putAll(next: readonly Waiting[]): Promise<void> {
    const batches = await Promise.all(next.map(load));
    for (const batch of batches) together.prepare(batch);
    for (const { batch } of closed.slice(next.length, next.length + together.most)) if (batch) together.prepare(batch);
    await together.put(batches);
  }

  function leave({ count, spooled: place }: Waiting): void {
    waiting -= count;
    if (place) spooled -= count;
  }

  async function load({ id, batch, spooled: place }: Waiting): Promise<Batch> {
    if (batch) return batch;
    if (!spool || !place) throw new Error("A batch is neither in memory nor in the spool.");
    return spool.load(place, id);
  }

  /** A database that neither takes nor refuses is no better than one that is away: what waits goes to the disk meanwhile. */
  function watch(): void {
    clearTimeout(silent);
    silent = setTimeout(() => void save(), stopped ? LAST_MS : SLOW_MS);
  }

  /** One at a time: they are appended to one file. */
  function save(): Promise<void> {
    saving = saving.then(spoolClosed);
    return saving;
  }

  /** From now on they wait on the disk: this process may end, and its memory is for others. A spool that fails is no worse than none. */
  async function spoolClosed(): Promise<void> {
    for (const one of [...closed]) {
      if (!spool || !one.batch) continue;
      one.spooled = (await spool.save(one.batch).catch(() => undefined)) ?? null;
      if (!one.spooled) return;
      one.batch = null;
      spooled += one.count;
    }
  }

  const isSilent = () => writingSince !== null && now() - writingSince >= SLOW_MS;

  function schedule(afterMs: number): void {
    if (!stopped) timer ??= setTimeout(flush, afterMs);
  }

  /** Failing is told by `write` once the bound is reached, and by `flush`; what waits is tried again. */
  function flush(): void {
    outbox.close();
    if (isSilent()) void save();
    outbox.drain().catch(() => undefined);
  }

  const outbox: Outbox = {
    requireRoom(samples) {
      if (waiting - spooled + samples <= MAX_WAITING) return;
      throw new StoreUnavailable(`The database has not taken samples for a while; ${waiting} are waiting.`);
    },
    add(series, at, value) {
      if (open.count === open.series.length) open = enlarge(open);
      open.series[open.count] = series;
      open.at[open.count] = at;
      open.value[open.count++] = value;
      waiting++;
      if (open.count >= BATCH_SAMPLES) flush();
      else schedule(flushMs);
    },
    openId: () => open.id,
    close() {
      if (open.count > 0) {
        closed.push({ id: open.id, count: open.count, batch: open, spooled: null });
        // As large as the last one was: most flushes are alike.
        open = createBatch(open.id + 1, Math.max(64, open.count));
      }
      return open.id - 1;
    },
    reserve(count) {
      const first = outbox.close() + 1;
      open = createBatch(first + count, open.series.length);
      return first;
    },
    drain() {
      clearTimeout(timer);
      timer = undefined;
      draining = draining.catch(() => undefined).then(writeClosed);
      return draining;
    },
    waiting: () => waiting,
    spooled: () => spooled,
    lastFlushMs: () => lastFlushMs,
    flushes,
    failing() {
      if (failing || writingSince === null || !isSilent()) return failing;
      return { since: writingSince, message: "no answer" };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      if (writingSince !== null) watch();
    },
  };
  return outbox;
}

const oneByOne = (put: (batch: Batch) => Promise<unknown>): Together => ({
  most: 1,
  prepare: () => undefined,
  put: (batches) => Promise.all(batches.map(put)),
});

const createBatch = (id: number, capacity: number): Batch => ({
  id,
  series: new Float64Array(capacity),
  at: new Float64Array(capacity),
  value: new Float64Array(capacity),
  count: 0,
});

function enlarge(batch: Batch): Batch {
  const larger = createBatch(batch.id, batch.series.length * 2);
  larger.series.set(batch.series);
  larger.at.set(batch.at);
  larger.value.set(batch.value);
  larger.count = batch.count;
  return larger;
}
