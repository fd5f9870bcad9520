import { createSums, type Sums } from "../chunks/sums";
import type { Grid } from "../grid";
import type { Latest } from "../store";
import { type Column, RecentSamples } from "./recent-samples";

/** Two parts of so many: at a sample in ten seconds 80 minutes at least, 16 bytes each. */
const PART_SAMPLES = 480;
/** Of all series: with very many of them each gets less. 192 MB at most. */
const MOST_SAMPLES = 12_000_000;
const LEAST_PART = 30;

/** The newest samples of each series in memory, so that questions about the last hour ask no database. Only where nobody else writes. */
export interface Heads {
  /** Of a sample that is accepted, before `latest` knows it. False when it is certainly there already. */
  add(series: number, at: number, value: number): boolean;
  /** The series whose samples of this grid are here as a whole, added up. Others are left out. */
  read(series: readonly number[], grid: Grid): Map<number, Sums>;
  /** From this instant on every sample of the series is here; infinite while nothing is answered of it. */
  sinceOf(series: number): number;
  /** Adds what is here of a series, whether it is all there is or not. */
  addTo(series: number, sums: Sums, window: { readonly from: number; readonly to: number }): void;
  /** What a part of a series may have, of so many series. */
  partSamples(series: number): number;
  /**
   * Asked for before the database is: puts what that one has in front, where every sample from `from` on is given. What was blocked
   * meanwhile, or had late samples, stays as it is.
   */
  extension(): (series: number, from: number, samples: { at: Column; value: Column }) => void;
  /** Nothing of these is answered from here until they are released, as often as they were blocked. */
  block(series: readonly number[]): void;
  release(series: readonly number[]): void;
}

/**
 * @param latest as `restoreLatest` found it, and kept up to date: of a series without a head nothing is newer than this
 * @param since from this instant on the database was searched as a whole: what `latest` does not have, has nothing from there on
 */
export function createHeads({
  latest,
  since,
  mostSamples = MOST_SAMPLES,
}: {
  latest: ReadonlyMap<number, Latest>;
  since: number;
  mostSamples?: number;
}): Heads {
  const heads = new Map<number, RecentSamples>();
  /** How often each is blocked. */
  const blocked = new Map<number, number>();
  let blocks = 0;

  const beginOf = (series: number) => {
    const newest = latest.get(series);
    return newest ? newest.at + 1 : since;
  };
  function partSamples(series: number): number {
    return Math.max(LEAST_PART, Math.min(PART_SAMPLES, Math.floor(mostSamples / (2 * Math.max(1, series)))));
  }
  function headOf(series: number): RecentSamples {
    const known = heads.get(series);
    if (known) return known;
    const head = new RecentSamples(beginOf(series));
    heads.set(series, head);
    return head;
  }

  const sinceOf = (series: number) =>
    blocked.has(series) ? Number.POSITIVE_INFINITY : (heads.get(series)?.since ?? beginOf(series));

  return {
    add(series, at, value) {
      if (blocked.size > 0 && blocked.has(series)) return true;
      return headOf(series).add(at, value, partSamples(heads.size));
    },
    read(series, grid) {
      const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
      const found = new Map<number, Sums>();
      for (const id of series) {
        if (sinceOf(id) > window.from) continue;
        const sums = createSums(grid);
        heads.get(id)?.addTo(sums, window);
        found.set(id, sums);
      }
      return found;
    },
    sinceOf,
    addTo: (series, sums, window) => heads.get(series)?.addTo(sums, window),
    partSamples,
    extension() {
      const before = blocks;
      return (series, from, { at, value }) => {
        if (blocks !== before || blocked.has(series)) return;
        const head = headOf(series);
        if (!head.hadLate && head.since > from) head.extend(from, at, value);
      };
    },
    block(series) {
      blocks++;
      for (const id of series) {
        blocked.set(id, (blocked.get(id) ?? 0) + 1);
        heads.delete(id);
      }
    },
    release(series) {
      for (const id of series) {
        const left = (blocked.get(id) ?? 1) - 1;
        if (left > 0) blocked.set(id, left);
        else blocked.delete(id);
      }
    },
  };
}
