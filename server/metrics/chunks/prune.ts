import { DAILY, HOURLY } from "../sources";
import type { Retention } from "../store";
import type { Parts } from "./parts";
import { limitReach, storeReach } from "./reach";
import { slices } from "./read-raw";
import { deleteRollupsBefore } from "./rollup-table";
import { sealSeries } from "./seal";
import { NOTHING_SEALED, type SeriesState } from "./series-state";
import { CHUNK_TABLES, countBefore, deleteChunksBefore, putSealed, readFirstStarts } from "./tables";

/** Of one transaction: about 10 ms of the embedded database when a day of theirs goes. */
const SERIES_PER_SLICE = 100;

/** Drops what is older than its tier keeps, a slice at a time. Returns how many raw samples and rolled-up rows went. */
export async function pruneChunks(parts: Parts, now: number, retention: Retention): Promise<number> {
  const { engine, reach, states } = parts;
  limitReach(reach, now, retention);
  for (const state of states.values()) if (state.newestAt < reach.rawFrom) state.newestAt = -1;
  // What came in late is in what is rolled up before it goes.
  await sealSeries(
    parts,
    [...states.values()].filter((state) => state.firstUnsealedAt() < reach.rawFrom),
  );
  await engine.transaction([storeReach(reach)]);
  let dropped = 0;
  const all = [...states.values()].sort((a, b) => a.series - b.series);
  for (const slice of slices(all, SERIES_PER_SLICE)) {
    if (slice.some(({ sealed }) => sealed.firstAt < reach.rawFrom)) dropped += await dropRaw(parts, slice);
    const range = [slice[0]?.series ?? 0, slice.at(-1)?.series ?? 0] as const;
    const changes = await engine.transaction([
      deleteRollupsBefore(HOURLY, range, reach.hourlyFrom),
      deleteRollupsBefore(DAILY, range, reach.dailyFrom),
    ]);
    dropped += changes.reduce((sum, rows) => sum + rows, 0);
  }
  if (dropped > 0) await engine.reclaim(CHUNK_TABLES);
  return dropped;
}

async function dropRaw({ engine, reach }: Parts, slice: readonly SeriesState[]): Promise<number> {
  const counts = await countBefore(
    engine,
    slice.map(({ series }) => series),
    reach.rawFrom,
  );
  if (counts.length === 0) return 0;
  const gone = new Map(counts.map((count) => [count.series, count]));
  const kept = await readFirstStarts(engine, [...gone.keys()], reach.rawFrom);
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
    deleteChunksBefore(range, reach.rawFrom),
    putSealed(new Map(changed.map(([{ series }, sealed]) => [series, sealed]))),
  ]);
  for (const [state, sealed] of changed) state.sealed = sealed;
  return counts.reduce((sum, { samples }) => sum + samples, 0);
}
