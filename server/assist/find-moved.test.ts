import { expect, test } from "vitest";
import type { WindowSummary } from "../metrics/store";
import { rankMoved } from "./find-moved";
import type { KnownSeries } from "./list-series";

/** Of what a series is, ranking looks at names and units. */
const known = (id: number, metric: string, unit: string, labels: Record<string, string> = {}): KnownSeries =>
  ({
    plugin: { id: "p" },
    instance: { id: "i", name: "one", host: "nas" },
    series: { id, instanceId: "i", metric, labels },
    spec: { kind: "gauge", unit, description: "What it is. More of it." },
    staleMs: 0,
  }) as unknown as KnownSeries;
const window = (series: number, avg: number, half = 0): WindowSummary => ({
  ...{ series, count: 9, avg, min: avg - half, max: avg + half, last: avg },
});
const byId = (all: readonly WindowSummary[]) => new Map(all.map((one) => [one.series, one]));

test("what left the width that it had before comes first, and what stayed within is not told", () => {
  const all = [known(1, "calm", "celsius"), known(2, "restless", "celsius"), known(3, "jumped", "celsius")];
  const before = byId([window(1, 40, 2), window(2, 40, 30), window(3, 40, 2)]);
  const now = byId([window(1, 41), window(2, 60), window(3, 80)]);
  const moved = rankMoved(all, before, now, 10);
  expect(moved.map(({ metric, score }) => [metric, score])).toEqual([["jumped", 10]]);
  expect(moved[0]?.sentence).toBe("one on nas: what it is rose from 40 °C to 80 °C.");
});

test("of what was flat, a little is little: its own size and its unit say how much counts", () => {
  const all = [known(1, "share", "ratio"), known(2, "count", "count"), known(3, "nothing", "count")];
  const before = byId([window(1, 0.5), window(2, 1_000), window(3, 0)]);
  expect(rankMoved(all, before, byId([window(1, 0.51), window(2, 1_040), window(3, 0)]), 10)).toEqual([]);
  expect(rankMoved(all, before, byId([window(1, 0.9), window(2, 0)]), 10).map(({ metric }) => metric)).toEqual([
    "count",
    "share",
  ]);
});

test("what was not measured in both times did not move, and of forty cores two are told", () => {
  const cores = Array.from({ length: 40 }, (_, core) => known(core, "core", "ratio", { cpu: `${core}` }));
  const before = byId(cores.map(({ series }) => window(series.id, 0.1)));
  const now = byId(cores.slice(1).map(({ series }) => window(series.id, 0.9)));
  const moved = rankMoved(cores, before, now, 10);
  expect(moved.map(({ labels }) => labels.cpu)).toEqual(["1", "10"]);
});
