import type { Latest, SeriesUsage } from "../store";
import type { countSamples } from "./count-samples";

/** People look at it now and then, and what is written meanwhile is counted here. */
const COUNTED_FOR_MS = 3_600_000;

type Counting = ReturnType<typeof countSamples>;

/** What the samples of each series come to: as the database was counted last, and what was written since. */
export interface UsageBook {
  /** Of a sample that is accepted. */
  add(series: number, at: number): void;
  forget(series: readonly number[]): void;
  /** Counts again. Where that fails, what is known goes on being counted up, until the next time. */
  refresh(): Promise<void>;
  /** Unless it was counted within the last hour. */
  refreshSometimes(): Promise<void>;
  list(): SeriesUsage[];
}

/** @param settle makes durable what was accepted before, so that it is counted */
export function createUsageBook({
  latest,
  count,
  settle,
}: {
  latest: ReadonlyMap<number, Latest>;
  count: (series: readonly number[]) => Counting;
  settle: () => Promise<void>;
}): UsageBook {
  let told: Awaited<Counting> = { counted: new Map(), compressedBytes: 0 };
  let toldAt = Number.NEGATIVE_INFINITY;
  /** Since what was told: how many, and the first of them. */
  let written: Written = new Map();
  /** Those that are just being counted. */
  let underway: Written = new Map();
  let counting = Promise.resolve();

  /** One after the other: what was counted first must not replace what was counted last. */
  function refresh(): Promise<void> {
    counting = counting.then(countAgain);
    return counting;
  }

  async function countAgain(): Promise<void> {
    const settling = settle();
    // What comes in while it is being counted may be counted twice, until the next time.
    underway = written;
    written = new Map();
    try {
      await settling;
      told = await count([...latest.keys()]);
      toldAt = performance.now();
    } catch {
      // An estimate that is a little older: a database that is away is told of by whoever writes to it.
      for (const [series, { samples, firstAt }] of underway) addTo(written, series, samples, firstAt);
    }
    underway = new Map();
  }

  return {
    add: (series, at) => addTo(written, series, 1, at),
    forget(series) {
      for (const id of series) {
        told.counted.delete(id);
        written.delete(id);
        underway.delete(id);
      }
    },
    refresh,
    async refreshSometimes() {
      if (performance.now() - toldAt > COUNTED_FOR_MS) await refresh();
    },
    list() {
      let compressed = 0;
      for (const one of told.counted.values()) compressed += one.compressed;
      const bytesPerSample = compressed > 0 ? told.compressedBytes / compressed : 0;
      return [...latest.values()].flatMap(({ series, at }): SeriesUsage[] => {
        const counted = told.counted.get(series);
        const since = [underway.get(series), written.get(series)].flatMap((one) => one ?? []);
        const samples = since.reduce((sum, one) => sum + one.samples, counted?.samples ?? 0);
        if (samples === 0) return [];
        const stored = { samples: counted?.compressed ?? 0, bytes: (counted?.compressed ?? 0) * bytesPerSample };
        const firstAt = Math.min(at, counted?.firstAt ?? at, ...since.map((one) => one.firstAt));
        return [{ series, samples, stored, firstAt, lastAt: at }];
      });
    },
  };
}

type Written = Map<number, { samples: number; firstAt: number }>;

function addTo(written: Written, series: number, samples: number, firstAt: number): void {
  const known = written.get(series);
  if (known) {
    known.samples += samples;
    known.firstAt = Math.min(known.firstAt, firstAt);
  } else written.set(series, { samples, firstAt });
}
