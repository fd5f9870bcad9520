import type { Breath } from "./breathe";
import { groupChunks, type ReadChunk } from "./chunk-row";
import { createDecoder } from "./codec/decoded";
import { decodeSamples, type Samples } from "./codec/samples";
import { lowerBound } from "./head";
import { copySamples, mergeSamples, sliceSamples } from "./merge-samples";
import type { Parts } from "./parts";
import type { SeriesState } from "./series-state";
import { addDecoded, addFigures, addSamples, type Sums } from "./sums";
import { readChunks, readFigures } from "./tables";

/** Chunks of one query, by a guess: their data is a few megabytes, and a few milliseconds of the database. */
const CHUNKS_PER_QUERY = 1_500;
const CHUNK_MS = 7_200_000;
/** Whoever meets sealing this often in a row takes what is there. It happens once in two hours a series. */
const MOST_TRIES = 5;

export interface Window {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}
export interface Wanted {
  readonly state: SeriesState;
  readonly sums: Sums;
}

/** Adds up raw samples of a window: from chunks and from memory. @param oneBucket which is the window */
export async function addRaw(
  { engine, newest }: Pick<Parts, "engine" | "newest">,
  wanted: readonly Wanted[],
  { from, to, oneBucket, breath }: Window & { oneBucket: boolean; breath: Breath },
): Promise<void> {
  const window = { from, to };
  const decode = createDecoder();
  const stored: Wanted[] = [];
  const inMemory: [Wanted, Uint8Array][] = [];
  for (const one of wanted) {
    const { sealed } = one.state;
    const chunk = newest.get(one.state.series);
    // What is in memory as a whole asks no database.
    if (sealed.lastAt < from || sealed.firstAt >= to) addHeads(one, window);
    else if (chunk && chunk.startAt <= from && !one.state.isLate()) {
      addHeads(one, window);
      inMemory.push([one, chunk.data]);
    } else stored.push(one);
  }
  const late = stored.filter(({ state }) => state.isLate());
  const plain = stored.filter(({ state }) => !state.isLate());
  const perQuery = Math.max(1, Math.floor(CHUNKS_PER_QUERY / Math.max(1, (to - from) / CHUNK_MS)));
  await Promise.all([
    ...slices(plain, perQuery).map((slice) => addStored(slice, oneBucket ? readFigures : readChunks)),
    ...slices(late, perQuery).map((slice) => addStored(slice, readChunks)),
    addNewest(),
  ]);

  async function addNewest(): Promise<void> {
    for (const [{ sums }, data] of inMemory) {
      addDecoded(sums, decode(data), window);
      await breath();
    }
  }

  async function addStored(slice: readonly Wanted[], read: typeof readChunks, tries = 0): Promise<void> {
    const generations = slice.map(({ state }) => [state.generation, state.isLate()] as const);
    const chunks = await read(
      engine,
      slice.map(({ state }) => state.series),
      window,
    );
    // Everything in memory at once, before anybody else runs: what is sealed after this is here, what was before is in the chunks.
    const bySeries = groupChunks(chunks);
    const again: Wanted[] = [];
    const ready: (() => void | Promise<void>)[] = [];
    for (const [index, one] of slice.entries()) {
      const mine = bySeries.get(one.state.series) ?? [];
      const [generation, wasLate] = generations[index] ?? [0, false];
      const changed = one.state.generation !== generation || (one.state.isLate() && !wasLate);
      // What is being sealed may be in the chunks already, before we are told.
      const merging = one.state.isLate() || mine.some(({ endAt }) => endAt > one.state.sealed.lastAt);
      const incomplete = merging && mine.some(({ data }) => !data);
      if ((changed || incomplete) && tries < MOST_TRIES) again.push(one);
      else if (merging) ready.push(addMerged(one, mine));
      else {
        addHeads(one, window);
        ready.push(() => addChunks(one, mine));
      }
    }
    for (const add of ready) await add();
    if (again.length > 0) await addStored(again, readChunks, tries + 1);
  }

  async function addChunks({ sums }: Wanted, chunks: readonly ReadChunk[]): Promise<void> {
    for (const chunk of chunks) {
      if (chunk.data) addDecoded(sums, decode(chunk.data), window);
      else addFigures(sums, chunk);
      await breath();
    }
  }

  /** Samples in memory may be in chunks, too, or belong between theirs. */
  function addMerged({ state, sums }: Wanted, chunks: readonly ReadChunk[]): () => void {
    const newer = state.heads().map((head) => copySamples(ofWindow(head.samples(), window)));
    return () => {
      const older = chunks.flatMap(({ data }) => (data ? [ofWindow(decodeSamples(data), window)] : []));
      addSamples(sums, newer.reduce(mergeSamples, joinSamples(older)), window);
    };
  }
}

function addHeads({ state, sums }: Wanted, window: Window): void {
  for (const head of state.heads()) {
    if (head.lastAt() >= window.from && head.firstAt() < window.to) addSamples(sums, head.samples(), window);
  }
}

export const ofWindow = (samples: Samples, { from, to }: Window): Samples =>
  sliceSamples(samples, lowerBound(samples.at, from), lowerBound(samples.at, to));

/** Pieces in order of time, put one after the other. */
export function joinSamples(pieces: readonly Samples[]): Samples {
  const length = pieces.reduce((sum, { at }) => sum + at.length, 0);
  const joined = { at: new Float64Array(length), value: new Float64Array(length) };
  let filled = 0;
  for (const { at, value } of pieces) {
    joined.at.set(at, filled);
    joined.value.set(value, filled);
    filled += at.length;
  }
  return joined;
}

export function slices<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
  return parts;
}
