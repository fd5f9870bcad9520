import { type Batch, decodeBatch } from "./codec/batch";
import type { Outbox } from "./outbox";
import type { Parts } from "./parts";
import { type Heads, replayBatch } from "./replay";
import type { SeriesState } from "./series-state";
import { type BatchRow, readInbox, readLogAfter, takeIntoLog } from "./tables";

const AT_ONCE = 16;

/** Takes what other processes wrote into the log and into memory. */
export interface Adopter {
  /** @returns how many batches came in. @throws what the database throws; nothing is lost then, and nothing comes twice */
  adopt(): Promise<number>;
  /** Finishes what an answer that was lost left open. Comes before everything that changes chunks. */
  settle(): Promise<void>;
}

/** @param grown hears of each series that got samples */
export function createAdopter({
  engine,
  outbox,
  now,
  grown,
  ...heads
}: Heads &
  Pick<Parts, "engine"> & { outbox: Outbox; now: () => number; grown: (state: SeriesState) => void }): Adopter {
  /** What was given numbers from `first` on, and no answer whether it has them. */
  let open: { first: number; waiting: readonly BatchRow[] } | undefined;

  function replay(id: number, batch: Batch): void {
    for (const state of replayBatch(heads, { id, ...batch }, { now: now() })) grown(state);
  }

  const take = (first: number, waiting: readonly BatchRow[]) =>
    engine.transaction(waiting.map((row, index) => takeIntoLog(row, first + index)));

  async function settle(): Promise<void> {
    if (!open) return;
    const { first, waiting } = open;
    // Once more, with the same numbers: where the server is still at the commit that nobody heard of, this waits for its end.
    await take(first, waiting);
    const logged = await readLogAfter(engine, first - 1);
    for (const { id, data } of logged) if (id < first + waiting.length) replay(id, decodeBatch(data));
    open = undefined;
  }

  return {
    settle,
    async adopt() {
      await settle();
      for (let taken = 0; ; ) {
        const waiting = await readInbox(engine, AT_ONCE);
        if (waiting.length === 0) return taken;
        // Before anything is changed: what cannot be read stays where it is.
        const batches = waiting.map(({ data }) => decodeBatch(data));
        const first = outbox.reserve(waiting.length);
        // Those before are in the log first, so that it is read in order.
        await outbox.drain();
        open = { first, waiting };
        const changed = await take(first, waiting);
        open = undefined;
        for (const [index, batch] of batches.entries()) if (changed[index] === 1) replay(first + index, batch);
        taken += waiting.length;
      }
    },
  };
}

const LOOK_EVERY_MS = 1_000;
/** What a process left that is gone. */
const LOOK_ALONE_EVERY = 30;

/** Adopts every second while there are others, else now and then. The answer stops it. */
export function startAdopting({ adopt, others }: { adopt: () => Promise<unknown>; others: () => boolean }): () => void {
  let looks = 0;
  let running = false;
  const timer = setInterval(() => {
    if (running || (!others() && ++looks % LOOK_ALONE_EVERY !== 0)) return;
    running = true;
    // The database is away: the flush tells that it fails.
    adopt()
      .catch(() => undefined)
      .finally(() => {
        running = false;
      });
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
