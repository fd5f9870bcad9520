import { parseDatabaseUrl } from "../../server/db/database-place";
import type { MetricStore } from "../../server/metrics/store";
import { openStores } from "../../server/open-stores";
import { CRASH_SERIES, instantOf, readingOf, roundOf } from "./rounds";

export interface Found {
  readonly integrity: string;
  /** The last round of which every sample is there, and every one before it that is kept. */
  readonly last: number;
  /** Samples and figures that are missing, twice there, or not what was written. */
  readonly wrong: number;
}

/** Looks at everything a killed writer left. */
export async function inspectStore(url: string): Promise<Found> {
  const { store, integrityCheck, close } = await openStores(parseDatabaseUrl(url), { waitMs: 30_000 });
  try {
    const integrity = await integrityCheck();
    const lasts: number[] = [];
    let wrong = 0;
    for (const series of CRASH_SERIES) {
      const found = await inspectSeries(store, series);
      lasts.push(found.last);
      wrong += found.wrong;
    }
    const last = Math.min(...lasts);
    wrong += lasts.filter((one) => one > last).length;
    return { integrity, last, wrong: wrong + (await wrongSummaries(store, last)) };
  } finally {
    await store.close();
    await close();
  }
}

/** From the first sample that is kept on, every round's is there, once, in order. */
async function inspectSeries(store: MetricStore, series: number): Promise<{ last: number; wrong: number }> {
  let expected: number | undefined;
  let wrong = 0;
  for await (const { at, value } of store.export({ series: [series], from: 0, to: Number.MAX_SAFE_INTEGER })) {
    for (const [index, instant] of at.entries()) {
      expected ??= roundOf(instant);
      if (instant !== instantOf(expected) || value[index] !== readingOf(series, expected)) wrong++;
      expected++;
    }
  }
  return { last: (expected ?? 0) - 1, wrong };
}

/** Everything ever written, from what is rolled up and what is not; before and after rolling up. */
async function wrongSummaries(store: MetricStore, last: number): Promise<number> {
  let wrong = 0;
  const query = { series: CRASH_SERIES, from: instantOf(0), to: instantOf(last) + 1 };
  for (const now of [0, instantOf(last)]) {
    await store.rollUp(now);
    for (const { series, count, min, max, last: newest } of await store.window(query)) {
      const [first, final] = [readingOf(series, 0), readingOf(series, last)];
      if (count !== last + 1 || min !== first || max !== final || newest !== final) wrong++;
    }
  }
  return wrong;
}
