import { randomBytes } from "node:crypto";
import { DAY_MS } from "../grid";
import type { MetricStore, SampleBatch } from "../store";
import type { Place } from "../test-subject";
import type { NameSeries, SeriesNames } from "./labels";
import { openVictoriametricsStore } from "./victoriametrics-store";

/** The server takes nothing from beyond the day after tomorrow. Whole buckets of every step there is, so that grids stay aligned. */
const BACK_MS = 4 * 448 * DAY_MS;
/** 2027-04, of which the contract writes samples, lies in the past then. */
export const nameAny: NameSeries = async (series) => new Map(series.map((id) => [id, namesOf(id)]));
const namesOf = (id: number): SeriesNames => ({
  metric: `test_metric_${id % 7}`,
  plugin: "test",
  instance: `instance ${id % 3}`,
  host: "nas",
  labels: { disk: `sd${id}` },
});

/** A Unity of its own on a server that has others. */
export function createVictoriaPlace(url: string): Place {
  const database = `test${randomBytes(8).toString("hex")}`;
  return {
    async open() {
      const latestWithinMs = 10_000 * DAY_MS;
      const options = { url, database, nameSeries: nameAny, latestWithinMs };
      return shiftStore(await openVictoriametricsStore(options), BACK_MS);
    },
    // The server goes as a whole, a moment later.
    async remove() {},
  };
}

/** A store in which everything happened so much earlier than it says. */
function shiftStore(store: MetricStore, byMs: number): MetricStore {
  const back = <T extends { from: number; to: number }>(query: T): T => ({
    ...query,
    from: query.from - byMs,
    to: query.to - byMs,
  });
  const shift = (batch: SampleBatch, ms: number): SampleBatch => ({ ...batch, at: batch.at.map((at) => at + ms) });
  return {
    ...store,
    // What is wrong about an instant stays so.
    write: (batch) => store.write(batch.at.every((at) => at >= byMs) ? shift(batch, -byMs) : batch),
    latest: (series) => store.latest(series).map((sample) => ({ ...sample, at: sample.at + byMs })),
    async range(query) {
      const range = await store.range(back(query));
      return { ...range, from: range.from + byMs };
    },
    window: (query) => store.window(back(query)),
    top: (query) => store.top(back(query)),
    async *export(query) {
      for await (const batch of store.export(back(query))) yield shift(batch, byMs);
    },
  };
}
