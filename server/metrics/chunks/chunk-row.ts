import { encodeSamples, type Samples } from "./codec/samples";
import { sliceSamples } from "./merge-samples";

/** A chunk as its table has it. */
export interface ChunkRow {
  readonly series: number;
  /** Of its first and its last sample. */
  readonly startAt: number;
  readonly endAt: number;
  readonly samples: number;
  /** Held within a double: averages lie between minimum and maximum whatever it says. */
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  readonly data: Uint8Array;
}
/** Its data is left out where the figures are enough. */
export type ReadChunk = Omit<ChunkRow, "data"> & { readonly data: Uint8Array | null };

export interface ChunkLimits {
  readonly samples: number;
  /** From the first sample to the last: retention drops whole chunks. */
  readonly spanMs: number;
}

/** As few chunks as the limits allow, of about the same length. */
export function cutChunks(series: number, samples: Samples, limits: ChunkLimits): ChunkRow[] {
  const { at } = samples;
  const parts = Math.max(1, Math.ceil(at.length / limits.samples));
  const most = Math.ceil(at.length / parts);
  const rows: ChunkRow[] = [];
  for (let start = 0; start < at.length; ) {
    const until = (at[start] ?? 0) + limits.spanMs;
    let end = Math.min(at.length, start + most);
    while ((at[end - 1] ?? 0) > until) end--;
    rows.push(toChunk(series, sliceSamples(samples, start, end)));
    start = end;
  }
  return rows;
}

/** By series, in order of time. */
export function groupChunks(chunks: readonly ReadChunk[]): Map<number, ReadChunk[]> {
  const bySeries = new Map<number, ReadChunk[]>();
  for (const chunk of chunks) {
    const mine = bySeries.get(chunk.series);
    if (mine) mine.push(chunk);
    else bySeries.set(chunk.series, [chunk]);
  }
  for (const mine of bySeries.values()) mine.sort((a, b) => a.startAt - b.startAt);
  return bySeries;
}

function toChunk(series: number, { at, value }: Samples): ChunkRow {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < value.length; index++) {
    const one = value[index] ?? 0;
    sum += one;
    if (one < min) min = one;
    if (one > max) max = one;
  }
  const count = at.length;
  return {
    series,
    startAt: at[0] ?? 0,
    endAt: at[count - 1] ?? 0,
    samples: count,
    sum: withinDouble(sum),
    min,
    max,
    last: value[count - 1] ?? 0,
    data: encodeSamples(at, value, count),
  };
}

/** MySQL has no infinity. */
export function withinDouble(sum: number): number {
  if (Number.isNaN(sum)) return 0;
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, sum));
}
