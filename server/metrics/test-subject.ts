import { afterAll, beforeAll, beforeEach } from "vitest";
import { DAY_MS } from "./grid";
import type { MetricStore } from "./store";
import { createModel, type Model, type Sample } from "./test-model";

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
  /** Years after every day before: retention looks at the whole store. */
  laterDay(): number;
  createModel(): Model;
}

/** What an engine that lies somewhere else cannot keep. */
export interface SubjectOptions {
  /** How far a value may be off, as a share of the largest of its series. Default 0: they come back bit by bit. */
  readonly tolerance?: number;
  /** Between tests of retention. 0 where nothing is dropped, and samples of the far future are refused. */
  readonly daysApart?: number;
  /** Tests that do not apply, by title, and why. */
  readonly without?: Readonly<Record<string, string>>;
}

/** 2026-11-24 00:00 UTC, a whole day. */
export const DAY_0 = 1_795_478_400_000;

export function useSubject(
  makePlace: () => Promise<Place>,
  { tolerance, daysApart = 5_000, without = {} }: SubjectOptions = {},
): Subject {
  let days = 0;
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
  beforeEach(({ task, skip }) => {
    const reason = without[task.name];
    if (reason) skip(reason);
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
    laterDay: () => {
      days += daysApart;
      return DAY_0 + days * DAY_MS;
    },
    createModel: () => createModel(tolerance),
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
