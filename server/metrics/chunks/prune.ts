import { DAILY, HOURLY } from "../sources";
import type { Retention } from "../store";
import { limitSeries, rawFromOf } from "./own-reach";
import type { Parts } from "./parts";
import { limitReach, storeReach } from "./reach";
import { deleteRollupsBefore } from "./rollup-table";
import { sealSeries } from "./seal";
import { NOTHING_SEALED, type SeriesState } from "./series-state";
import { CHUNK_TABLES, countBefore, deleteChunksBefore, putSealed, readFirstStarts } from "./tables";

/** Of one transaction: about 10 ms of the embedded database when a day of theirs goes. */
const SERIES_PER_SLICE = 100;

/** Drops what is older than its tier keeps, a slice at a time. Returns how many raw samples and rolled-up rows went. */
export async function pruneChunks(
  parts: Parts,
  { now, retention, shorter }: { now: number; retention: Retention; shorter: ReadonlyMap<number, number> },
): Promise<number> {
  const { engine, reach, states } = parts;
  limitReach(reach, now, retention);
  const ownStarts = limitSeries(states, { reach, now, shorter });
  for (const state of states.values()) if (state.newestAt < rawFromOf(state, reach)) state.newestAt = -1;
  // What came in late is in what is rolled up before it goes.
  await sealSeries(
    parts,
    [...states.values()].filter((state) => state.sealing || state.firstUnsealedAt() < rawFromOf(state, reach)),
  );
  await engine.transaction([storeReach(reach), ...ownStarts]);
  let dropped = 0;
  for (const { slice, rawFrom } of slicesOf(parts)) {
    if (slice.some(({ sealed }) => sealed.firstAt < rawFrom)) dropped += await dropRaw(parts, slice, rawFrom);
    const range = [slice[0]?.series ?? 0, slice.at(-1)?.series ?? 0] as const;
    const changes = await engine.transaction([
      deleteRollupsBefore(HOURLY, range, reach.hourlyFrom),
      deleteRollupsBefore(DAILY, range, reach.dailyFrom),
    ]);
    dropped += changes.reduce((sum, rows) => sum + rows, 0);
  }
  // A server that has no time for it now does it by itself later; what was to go is gone, and whoever asked has more to do.
  if (dropped > 0) await engine.reclaim(CHUNK_TABLES).catch(() => undefined);
  return dropped;
}

/** Neighbours whose raw samples begin at the same instant: they are deleted by the range of their numbers. */
function* slicesOf({ states, reach }: Parts): Generator<{ slice: SeriesState[]; rawFrom: number }> {
  let slice: SeriesState[] = [];
  let rawFrom = 0;
  for (const state of [...states.values()].sort((a, b) => a.series - b.series)) {
    const own = rawFromOf(state, reach);
    if (slice.length > 0 && (own !== rawFrom || slice.length === SERIES_PER_SLICE)) {
      yield { slice, rawFrom };
      slice = [];
    }
    slice.push(state);
    rawFrom = own;
  }
  if (slice.length > 0) yield { slice, rawFrom };
}

async function dropRaw({ engine }: Parts, slice: readonly SeriesState[], rawFrom: number): Promise<number> {
  const counts = await countBefore(
    engine,
    slice.map(({ series }) => series),
    rawFrom,
  );
  if (counts.length === 0) return 0;
  const gone = new Map(counts.map((count) => [count.series, count]));
  const kept = await readFirstStarts(engine, [...gone.keys()], rawFrom);
  const changed = slice.flatMap((state) => {
    const count = gone.get(state.series);
    if (!count) return [];
    const { sealed } = state;
    const firstAt = kept.get(state.series);
    if (firstAt === undefined) return [[state, { ...NOTHING_SEALED, batch: sealed.batch }] as const];
    const samples = sealed.samples - count.samples;
    return [[state, { ...sealed, firstAt, samples, bytes: sealed.bytes - count.bytes }] as const];
  });
  const range = [slice[0]?.series ?? 0, slice.at(-1)?.series ?? 0] as const;
  await engine.transaction([
    deleteChunksBefore(range, rawFrom),
    putSealed(new Map(changed.map(([{ series }, sealed]) => [series, sealed]))),
  ]);
  for (const [state, sealed] of changed) state.sealed = sealed;
  return counts.reduce((sum, { samples }) => sum + samples, 0);
}
