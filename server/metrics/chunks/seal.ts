import { createBreath } from "./breathe";
import { Head } from "./head";
import type { Parts } from "./parts";
import { planSeals } from "./plan-seals";
import { putRollups } from "./rollup-table";
import type { SeriesState } from "./series-state";
import { deleteBatchesBefore, putChunks, putSealed } from "./tables";

/** Of one transaction: about 20 ms of the embedded database. */
const SERIES_PER_SLICE = 200;
const SAMPLES_PER_SLICE = 100_000;
/** After a flood their room is given back; a few are filled again by those that come. */
const MANY_BATCHES = 100;

/**
 * Writes everything that these series have in memory as chunks, a slice at a time. @throws what the database throws; what was
 * not written is in memory as before
 */
export async function sealSeries(parts: Parts, chosen: Iterable<SeriesState>): Promise<void> {
  const breath = createBreath();
  for (const slice of slicesOf(chosen)) {
    await sealSlice(parts, slice);
    await breath();
  }
  await dropBatches(parts);
}

async function sealSlice(parts: Parts, slice: readonly SeriesState[]): Promise<void> {
  const { engine, outbox } = parts;
  const batch = cutHeads(parts, slice);
  const cut = slice.filter(({ sealing }) => sealing);
  try {
    await outbox.drain();
    const plan = await planSeals(parts, cut, batch);
    await engine.transaction([putChunks(plan.chunks), putRollups(plan.rollups), putSealed(plan.sealed)]);
    for (const state of cut) {
      state.sealed = plan.sealed.get(state.series) ?? state.sealed;
      state.sealing = null;
      state.generation++;
    }
  } catch (error) {
    for (const state of cut) putBack(state);
    throw error;
  }
}

/**
 * From here on new samples are in new heads and in later batches. Nothing may come in between. Returns the last batch with samples
 * of the old ones.
 */
function cutHeads({ outbox }: Parts, slice: readonly SeriesState[]): number {
  const batch = outbox.close();
  for (const state of slice) {
    if (state.sealing || state.head.count === 0) continue;
    state.sealing = state.head;
    state.head = new Head(state.sealing);
  }
  return batch;
}

function putBack(state: SeriesState): void {
  const { sealing } = state;
  if (!sealing) return;
  const { at, value } = state.head.samples();
  for (let index = 0; index < at.length; index++) sealing.add(at[index] ?? 0, value[index] ?? 0);
  state.head = sealing;
  state.sealing = null;
}

/** Batches of which every sample is in a chunk. The room of many is given back at the next time: servers delete in the background. */
async function dropBatches({ engine, writer, states, outbox, dropped }: Parts): Promise<void> {
  if (dropped.batches >= MANY_BATCHES) {
    dropped.batches = 0;
    await engine.reclaim(["plugin_metrics_batch"]);
  }
  let oldest = outbox.openId();
  for (const state of states.values()) {
    if (state.unsealed() > 0 && state.headBatch < oldest) oldest = state.headBatch;
  }
  const [batches = 0] = await engine.transaction([deleteBatchesBefore(writer, oldest)]);
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
