import { decodeBatch } from "./codec/batch";
import type { Outbox } from "./outbox";
import type { Parts } from "./parts";
import { type Heads, replayBatch } from "./replay";
import type { SeriesState } from "./series-state";
import { readInbox, readLogAfter, takeIntoLog } from "./tables";

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
  /** Numbers that were given to batches whose commit was not answered. */
  let open: { first: number; last: number } | undefined;

  function replay(id: number, data: Uint8Array): void {
    for (const state of replayBatch(heads, { id, ...decodeBatch(data) }, { now: now() })) grown(state);
  }

  async function settle(): Promise<void> {
    if (!open) return;
    const { first, last } = open;
    for (const { id, data } of await readLogAfter(engine, first - 1, [])) if (id <= last) replay(id, data);
    open = undefined;
  }

  return {
    settle,
    async adopt() {
      await settle();
      for (let taken = 0; ; ) {
        const waiting = await readInbox(engine, AT_ONCE);
        if (waiting.length === 0) return taken;
        const first = outbox.reserve(waiting.length);
        // Those before are in the log first, so that it is read in order.
        await outbox.drain();
        open = { first, last: first + waiting.length - 1 };
        const changed = await engine.transaction(waiting.map((row, index) => takeIntoLog(row, first + index)));
        open = undefined;
        for (const [index, { data }] of waiting.entries()) if (changed[index] === 1) replay(first + index, data);
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
