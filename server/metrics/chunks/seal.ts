import { createBreath } from "./breathe";
import { Head } from "./head";
import type { Parts } from "./parts";
import { planSeals } from "./plan-seals";
import { putRollups } from "./rollup-table";
import type { Sealed, SeriesState } from "./series-state";
import { deleteBatchesBefore, LOG, putChunks, putSealed, readSealed } from "./tables";

/** Of one transaction: about 20 ms of the embedded database. */
const SERIES_PER_SLICE = 200;
const SAMPLES_PER_SLICE = 100_000;
/** After a flood their room is given back; a few are filled again by those that come. */
const MANY_BATCHES = 100;
const SOME_BATCHES = 10;

/**
 * Writes everything that these series have in memory as chunks, a slice at a time. @throws what the database throws; what was
 * not written is in memory as before
 */
export async function sealSeries(parts: Parts, chosen: Iterable<SeriesState>): Promise<void> {
  const breath = createBreath();
  const all = [...chosen];
  for (const slice of slicesOf(all.filter(({ sealing }) => sealing))) {
    await finishSlice(parts, slice);
    await breath();
  }
  for (const slice of slicesOf(all)) {
    cutHeads(parts, slice);
    await parts.outbox.drain();
    await writeSlice(parts, slice);
    await breath();
  }
  await dropBatches(parts);
}

/**
 * From here on new samples are in new heads and in later batches. Nothing may come in between.
 */
function cutHeads({ outbox }: Parts, slice: readonly SeriesState[]): void {
  const batch = outbox.close();
  for (const state of slice) {
    state.sealing = state.head;
    state.sealingBatch = batch;
    state.head = new Head(state.sealing);
  }
}

/** What was left when the database failed. It may have taken it all the same, and only its answer was lost. */
async function finishSlice(parts: Parts, slice: readonly SeriesState[]): Promise<void> {
  await parts.outbox.drain();
  const stored = await readSealed(
    parts.engine,
    slice.map(({ series }) => series),
  );
  const missing = slice.filter((state) => {
    const sealed = stored.get(state.series);
    if (!sealed || sealed.batch < state.sealingBatch) return true;
    settle(state, sealed);
    parts.newest.drop(state.series);
    return false;
  });
  if (missing.length > 0) await writeSlice(parts, missing);
}

async function writeSlice(parts: Parts, slice: readonly SeriesState[]): Promise<void> {
  const plan = await planSeals(parts, slice);
  await parts.engine.transaction([putChunks(plan.chunks), putRollups(plan.rollups), putSealed(plan.sealed)]);
  for (const state of slice) settle(state, plan.sealed.get(state.series) ?? state.sealed);
  for (const chunk of plan.chunks) if (chunk.endAt === plan.sealed.get(chunk.series)?.lastAt) parts.newest.put(chunk);
}

function settle(state: SeriesState, sealed: Sealed): void {
  state.sealed = sealed;
  state.sealing?.release();
  state.sealing = null;
  state.generation++;
}

/**
 * Asked now and then: whether room is to be given back, also when nothing is to be sealed. There were many batches, or some and no
 * more since it was asked the last time.
 */
export function owesRoom({ dropped }: Pick<Parts, "dropped">): boolean {
  const isOver = dropped.batches >= SOME_BATCHES && dropped.batches === dropped.seen;
  dropped.seen = dropped.batches;
  dropped.owes ||= isOver || dropped.batches >= MANY_BATCHES;
  return dropped.owes;
}

/** Batches of which every sample is in a chunk. The room of many is given back at the next time: servers delete in the background. */
async function dropBatches({ engine, states, outbox, dropped }: Parts): Promise<void> {
  if (dropped.owes) {
    dropped.owes = false;
    dropped.batches = 0;
    await engine.reclaim(["plugin_metrics_batch"]);
  }
  let oldest = outbox.openId();
  for (const state of states.values()) oldest = Math.min(oldest, state.firstBatch());
  const [batches = 0] = await engine.transaction([deleteBatchesBefore(LOG, oldest)]);
  dropped.batches += batches;
}

function* slicesOf(chosen: Iterable<SeriesState>): Generator<SeriesState[]> {
  let slice: SeriesState[] = [];
  let samples = 0;
  for (const state of chosen) {
    if (state.unsealed() === 0) continue;
    slice.push(state);
    samples += state.unsealed();
    if (slice.length < SERIES_PER_SLICE && samples < SAMPLES_PER_SLICE) continue;
    yield slice;
    slice = [];
    samples = 0;
  }
  if (slice.length > 0) yield slice;
}
