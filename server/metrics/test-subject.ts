import { afterAll, beforeAll } from "vitest";
import type { MetricStore } from "./store";
import type { Sample } from "./test-model";

/** An empty database. It may be opened again after the store was closed: that is a restart. */
export interface Place {
  open(): Promise<MetricStore>;
  remove(): Promise<void>;
}
/** The store of a group of tests. Each test takes series, and where it matters a time, of its own. */
export interface Subject {
  store(): MetricStore;
  restart(): Promise<MetricStore>;
  /** Numbers no other test uses. */
  series(count: number): number[];
}

/** 2026-11-24 00:00 UTC, a whole day. */
export const DAY_0 = 1_795_478_400_000;

export function useSubject(makePlace: () => Promise<Place>): Subject {
  let place: Place | undefined;
  let store: MetricStore | undefined;
  let nextSeries = 1;
  beforeAll(async () => {
    place = await makePlace();
    store = await place.open();
  });
  afterAll(async () => {
    await store?.close();
    await place?.remove();
  });
  const opened = () => {
    if (!store) throw new Error("The store is not open.");
    return store;
  };
  return {
    store: opened,
    async restart() {
      await opened().close();
      store = await place?.open();
      return opened();
    },
    series: (count) => Array.from({ length: count }, () => nextSeries++),
  };
}

/** Everything an export gives, one by one. */
export async function collect(
  store: MetricStore,
  query: { series: readonly number[]; from: number; to: number },
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const { series, at, value } of store.export(query)) {
    for (const [index, id] of series.entries()) {
      samples.push({ series: id, at: at[index] ?? Number.NaN, value: value[index] ?? Number.NaN });
    }
  }
  return samples;
}
