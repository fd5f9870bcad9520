import { floorTo, HOUR_MS } from "../grid";
import { createBreath } from "./breathe";
import { type ChunkRow, cutChunks, type ReadChunk } from "./chunk-row";
import { decodeSamples, type Samples } from "./codec/samples";
import { lowerBound } from "./head";
import { mergeSamples, NO_SAMPLES, sliceSamples } from "./merge-samples";
import type { Parts } from "./parts";
import { rollAgain } from "./roll-again";
import type { RollupRow } from "./rollup-table";
import type { Sealed, SeriesState } from "./series-state";
import { readChunks, readStarts, readTails } from "./tables";

interface Plan {
  readonly chunks: ChunkRow[];
  readonly rollups: RollupRow[];
  readonly sealed: Map<number, Sealed>;
}

/** What to write so that the sealing heads of these series become chunks. Reads only. */
export async function planSeals(parts: Parts, states: readonly SeriesState[]): Promise<Plan> {
  const plan: Plan = { chunks: [], rollups: [], sealed: new Map() };
  const breath = createBreath();
  const joining = states.filter((state) => joinsTail(parts, state));
  const tails = new Map(
    joining.length > 0
      ? (
          await readTails(
            parts.engine,
            joining.map(({ series }) => series),
          )
        ).map((tail) => [tail.series, tail])
      : [],
  );
  for (const state of states) {
    const samples = state.sealing?.samples() ?? NO_SAMPLES;
    if (samples.at.length === 0) continue;
    const late = lowerBound(samples.at, state.sealed.lastAt + 1);
    const sealing = { state, samples };
    const made = late === 0 ? makeFresh(parts, sealing, tails.get(state.series)) : await makeLate(parts, sealing, late);
    plan.chunks.push(...made.rows);
    plan.sealed.set(state.series, addUp(state.sealed, { batch: state.sealingBatch, ...made }));
    const hours = hoursBefore(samples, parts.reach.watermark);
    if (hours.length > 0)
      plan.rollups.push(...(await rollAgain(parts, { series: state.series, hours, rows: made.rows })));
    await breath();
  }
  return plan;
}

/** The newest chunk is small enough to take the new samples in. */
function joinsTail({ limits }: Parts, { sealing, sealed }: SeriesState): boolean {
  if (!sealing || sealed.samples === 0 || sealing.firstAt() <= sealed.lastAt) return false;
  const { samples, spanMs } = limits();
  return sealed.chunkSamples + sealing.count <= samples && sealing.lastAt() - sealed.chunkAt <= spanMs;
}

interface Sealing {
  readonly state: SeriesState;
  readonly samples: Samples;
}

interface Made {
  readonly rows: ChunkRow[];
  readonly replaced: ReadChunk[];
}

function makeFresh({ limits }: Parts, { state, samples }: Sealing, tail: ReadChunk | undefined): Made {
  const joined = tail ? mergeSamples(decodeChunk(tail), samples) : samples;
  return { rows: cutChunks(state.series, joined, limits()), replaced: tail ? [tail] : [] };
}

/** The first `late` samples are from before the end of what is in chunks: the chunks they belong to are made anew. */
async function makeLate({ engine, limits }: Parts, { state, samples }: Sealing, late: number): Promise<Made> {
  const { series } = state;
  const first = samples.at[0] ?? 0;
  const lastLate = samples.at[late - 1] ?? 0;
  const starts = await readStarts(engine, series, { from: first, to: lastLate + 1 });
  const rows: ChunkRow[] = [];
  const replaced: ReadChunk[] = [];
  // Before the first of these chunks lies a gap, or nothing: what belongs there is a chunk of its own.
  const bounds = [Number.NEGATIVE_INFINITY, ...starts, Number.POSITIVE_INFINITY];
  for (let index = 0; index < bounds.length - 1; index++) {
    const from = bounds[index] ?? 0;
    const newer = sliceSamples(
      samples,
      lowerBound(samples.at, from),
      Math.min(late, lowerBound(samples.at, bounds[index + 1] ?? 0)),
    );
    if (newer.at.length === 0) continue;
    const [known] = index === 0 ? [] : await readChunks(engine, [series], { from, to: from + 1 });
    if (known) replaced.push(known);
    rows.push(...cutChunks(series, mergeSamples(known ? decodeChunk(known) : NO_SAMPLES, newer), limits()));
  }
  const fresh = sliceSamples(samples, late, samples.at.length);
  if (fresh.at.length > 0) rows.push(...cutChunks(series, fresh, limits()));
  return { rows, replaced };
}

/** The hours before an instant that have samples. */
function hoursBefore({ at }: Samples, before: number): number[] {
  const hours = new Set<number>();
  const end = lowerBound(at, before);
  for (let index = 0; index < end; index++) hours.add(floorTo(at[index] ?? 0, HOUR_MS));
  return [...hours];
}

function addUp(
  sealed: Sealed,
  { batch, rows, replaced }: { batch: number; rows: readonly ChunkRow[]; replaced: readonly ReadChunk[] },
): Sealed {
  const newest = rows.reduce<ChunkRow | undefined>(
    (last, row) => (last && last.endAt > row.endAt ? last : row),
    undefined,
  );
  const isNewest = newest && newest.endAt >= sealed.lastAt;
  const samplesOf = (list: readonly { samples: number }[]) => list.reduce((sum, { samples }) => sum + samples, 0);
  const bytesOf = (list: readonly ReadChunk[]) => list.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  return {
    batch,
    firstAt: rows.reduce((least, { startAt }) => Math.min(least, startAt), sealed.firstAt),
    lastAt: isNewest ? newest.endAt : sealed.lastAt,
    lastValue: isNewest ? newest.last : sealed.lastValue,
    chunkAt: isNewest ? newest.startAt : sealed.chunkAt,
    chunkSamples: isNewest ? newest.samples : sealed.chunkSamples,
    samples: sealed.samples + samplesOf(rows) - samplesOf(replaced),
    bytes: sealed.bytes + bytesOf(rows) - bytesOf(replaced),
  };
}

export function decodeChunk({ data }: ReadChunk): Samples {
  return data ? decodeSamples(data) : NO_SAMPLES;
}
