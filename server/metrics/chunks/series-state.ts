import { Head } from "./head";
import { createHeadMemory, type HeadMemory } from "./head-memory";

/** What the database has of a series in chunks. */
export interface Sealed {
  /** Every sample in batches up to this one is in chunks. */
  readonly batch: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly lastValue: number;
  /** The newest chunk: where it begins, and how many samples it has. */
  readonly chunkAt: number;
  readonly chunkSamples: number;
  readonly samples: number;
  readonly bytes: number;
}
export const NOTHING_SEALED: Sealed = {
  batch: 0,
  firstAt: Number.POSITIVE_INFINITY,
  lastAt: Number.NEGATIVE_INFINITY,
  lastValue: 0,
  chunkAt: 0,
  chunkSamples: 0,
  samples: 0,
  bytes: 0,
};
/** Of a series that is gone for good: batches may still have samples of it. Stands in `chunkSamples`. */
export const FORGOTTEN = -1;

/** One series: what is in memory of it, and what is known of the rest. */
export class SeriesState {
  /** Samples that are in no chunk yet. */
  head: Head;
  /** Those that are being written as chunks, or were when the database failed. No instant is in both. */
  sealing: Head | null = null;
  /** The last batch that has any of those. */
  sealingBatch = 0;
  sealed = NOTHING_SEALED;
  /** What lies before has no raw samples any more, where they are kept shorter than the others'; else 0. A whole hour. */
  rawFrom = 0;
  /** Counts what was sealed: whoever read chunks looks whether it is still the same. */
  generation = 0;
  newestAt = -1;
  newestValue = 0;

  constructor(
    readonly series: number,
    memory?: HeadMemory,
  ) {
    this.head = new Head(undefined, memory);
  }

  /** False when this instant is in memory already. One that is in a chunk is found when it is read or sealed. */
  add(at: number, value: number): boolean {
    if (this.sealing && at <= this.sealing.lastAt() && this.sealing.has(at)) return false;
    if (!this.head.add(at, value)) return false;
    this.see(at, value);
    return true;
  }

  see(at: number, value: number): void {
    if (at <= this.newestAt) return;
    this.newestAt = at;
    this.newestValue = value;
  }

  /** Infinity when everything is in chunks. */
  firstUnsealedAt(): number {
    const first = this.head.firstAt();
    return this.sealing ? Math.min(first, this.sealing.firstAt()) : first;
  }

  unsealed(): number {
    return this.head.count + (this.sealing?.count ?? 0);
  }

  /** The oldest batch with samples that are in no chunk. */
  firstBatch(): number {
    return this.heads().reduce((least, { batch }) => Math.min(least, batch), Number.POSITIVE_INFINITY);
  }

  /** The heads that have samples, oldest first. */
  heads(): Head[] {
    return [this.sealing, this.head].flatMap((head) => (head && head.count > 0 ? [head] : []));
  }

  /** Something in memory is not after everything in chunks. */
  isLate(): boolean {
    return this.firstUnsealedAt() <= this.sealed.lastAt;
  }
}

/** All series, by their numbers. Their heads share memory. */
export class SeriesStates extends Map<number, SeriesState> {
  private readonly memory = createHeadMemory();

  begin(series: number): SeriesState {
    const state = new SeriesState(series, this.memory);
    this.set(series, state);
    return state;
  }

  override delete(series: number): boolean {
    for (const head of this.get(series)?.heads() ?? []) head.release();
    return super.delete(series);
  }
}
