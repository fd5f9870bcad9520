import type { SqlEngine } from "../../db/sql-engine";
import { decodeBatch } from "./codec/batch";
import { Head } from "./head";
import { rawFromOf, readOwnStarts } from "./own-reach";
import { loadReach } from "./reach";
import { addState, type Heads, replayBatch } from "./replay";
import { FORGOTTEN, type Sealed, type SeriesState } from "./series-state";
import { type BatchRow, LOG, readBatches, readInbox, readLogAfter, readLogged, readSealedSince } from "./tables";

const LOOK_EVERY_MS = 1_000;
/** What was sealed is found in chunks all the same; memory is given back, and questions are cheap again. */
const SEALED_EVERY = 5;
/** Before the newest batch, so many are looked for once more: a number may be given before, and written after a later one. */
const RECENT = 64;
/** A number that was given and not written in this time never will be. */
const MISSING_FOR_MS = 120_000;
const MOST_MISSING = 500;
/** Batches beside the log: whoever leads takes them within a second. */
const MOST_YOUNG = 200;

/** Keeps what is in memory as the process that leads has it, from the database. */
export interface Following {
  /** Up to everything that is durable now. @throws what the database throws */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

export function startFollowing({
  engine,
  lastId,
  now,
  ...heads
}: Heads & { engine: SqlEngine; lastId: number; now: () => number }): Following {
  const { states, reach } = heads;
  const missing = new Map<number, number>();
  let last = Math.max(0, lastId - RECENT);
  let sealedTo = 0;
  let wantsAll = true;
  let looks = 0;
  let looking: Promise<void> | undefined;
  let stopped = false;

  async function look(withSealed: boolean): Promise<void> {
    let sawGap = withSealed || looks++ % SEALED_EVERY === 0;
    for (;;) {
      const rows = await readLogAfter(engine, last);
      for (const row of rows) sawGap = see(row) || sawGap;
      if (rows.length < 64) break;
    }
    if (missing.size > 0) await seeMissing();
    if (sawGap) await seeSealed();
  }

  async function seeMissing(): Promise<void> {
    for (const row of await readLogged(engine, [...missing.keys()].slice(0, MOST_MISSING))) see(row);
    for (const [id, since] of missing) if (now() - since > MISSING_FOR_MS) missing.delete(id);
  }

  /** @returns whether there are numbers before it that were not seen: they are sealed already, or still being written */
  function see({ id, data }: BatchRow): boolean {
    const isNext = id <= last + 1;
    for (let between = Math.max(last + 1, id - MOST_MISSING); between < id; between++) missing.set(between, now());
    missing.delete(id);
    last = Math.max(last, id);
    replayBatch(heads, { id, ...decodeBatch(data) }, { now: now() });
    return !isNext;
  }

  async function seeSealed(): Promise<void> {
    // Pruning changes what is known of every series; sealing gives a new number to those that it changes.
    wantsAll = (await seeReach()) || wantsAll;
    const all = await readSealedSince(engine, wantsAll ? 0 : sealedTo);
    const changed = learn(all);
    if (changed.size > 0) await takeOverAll(changed);
    // Only now: what failed before is seen again the next time.
    wantsAll = false;
    for (const { batch } of all.values()) sealedTo = Math.max(sealedTo, batch);
  }

  async function takeOverAll(changed: ReadonlyMap<SeriesState, Sealed>): Promise<void> {
    const oldest = [...changed.values()].reduce((least, { batch }) => Math.min(least, batch), Number.POSITIVE_INFINITY);
    // What came in late after it was sealed: before the end of the chunks, and in none of them.
    const young = await readInbox(engine, MOST_YOUNG);
    for await (const row of readBatches(engine, [LOG, oldest])) if (row.writer === LOG) young.push(row);
    for (const [state, sealed] of changed) takeOver(state, sealed);
    for (const { writer, id, data } of young) {
      const numbered = { id: writer === LOG ? id : Number.POSITIVE_INFINITY, ...decodeBatch(data) };
      replayBatch(heads, numbered, { now: now() });
    }
  }

  /** @returns what was sealed since */
  function learn(all: ReadonlyMap<number, Sealed>): Map<SeriesState, Sealed> {
    const changed = new Map<SeriesState, Sealed>();
    for (const [series, sealed] of all) {
      if (sealed.chunkSamples === FORGOTTEN) states.delete(series);
      else {
        const state = states.get(series) ?? addState(states, series);
        if (sealed.batch > state.sealed.batch) changed.set(state, sealed);
        else state.sealed = sealed;
      }
    }
    return changed;
  }

  /** @returns whether raw samples were dropped */
  async function seeReach(): Promise<boolean> {
    const [stored, starts] = [await loadReach(engine), await readOwnStarts(engine)];
    const before = reachNow();
    Object.assign(reach, stored);
    for (const series of starts.keys()) if (!states.has(series)) addState(states, series);
    for (const state of states.values()) {
      state.rawFrom = starts.get(state.series) ?? 0;
      if (state.newestAt < rawFromOf(state, reach)) state.newestAt = -1;
    }
    return reachNow() !== before;
  }

  function reachNow(): string {
    const own = [...states.values()]
      .filter(({ rawFrom }) => rawFrom > 0)
      .map(({ series, rawFrom }) => [series, rawFrom]);
    return JSON.stringify([reach, own]);
  }

  function timed(): void {
    looking ??= look(false)
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
  }
  const timer = setInterval(timed, LOOK_EVERY_MS);
  timer.unref();

  return {
    async catchUp() {
      await looking;
      if (!stopped) await look(true);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}

/** What is in chunks now leaves memory: everything after their end is in none. */
function takeOver(state: SeriesState, sealed: Sealed): void {
  const old = state.head;
  const { at, value } = old.samples();
  const head = new Head(old);
  head.batch = sealed.batch + 1;
  head.since = old.since;
  for (let index = old.indexOf(sealed.lastAt + 1); index < old.count; index++)
    head.add(at[index] ?? 0, value[index] ?? 0);
  state.head = head;
  old.release();
  state.sealed = sealed;
  state.generation++;
  if (sealed.samples > 0) state.see(sealed.lastAt, sealed.lastValue);
}
