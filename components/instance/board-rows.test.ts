import { expect, test } from "vitest";
import type { MetricInfo, SeriesInfo } from "@/components/data/outputs";
import { freshSeries, stateItems, tableRows } from "./board-rows";

const NOW = 1_000_000;
const metric = (name: string, everySeconds: number | null = null): MetricInfo => ({
  name,
  kind: "gauge",
  unit: "count",
  storedUnit: "count",
  description: "",
  labels: [],
  everySeconds,
});
let id = 0;
const sample = (name: string, labels: Record<string, string>, value: number, at = NOW): SeriesInfo => {
  id += 1;
  return { series: id, metric: name, labels, latest: { at, value } };
};
const metrics = [metric("cpu"), metric("memory"), metric("space", 60)];
const table = {
  by: "name",
  columns: [
    { metric: "cpu", title: "CPU", unit: "ratio" },
    { metric: "memory", title: "Memory", unit: "bytes" },
  ],
};
const rows = (series: SeriesInfo[]) => tableRows(table, series, metrics, 10);

test("a row for each label value, a cell for each column", () => {
  expect(
    rows([sample("cpu", { name: "a" }, 0.5), sample("memory", { name: "a" }, 7), sample("cpu", { name: "b" }, 0.1)]),
  ).toEqual([
    { name: "a", values: [0.5, 7] },
    { name: "b", values: [0.1, null] },
  ]);
});

test("what has gone leaves the table, measured against its newest sample and not the clock", () => {
  const gone = sample("cpu", { name: "old" }, 1, NOW - 36_000);
  expect(rows([gone, sample("cpu", { name: "new" }, 1)])).toEqual([{ name: "new", values: [1, null] }]);
  expect(rows([gone])).toEqual([{ name: "old", values: [1, null] }]);
});

test("several series of one row add up where they are amounts, else the highest counts", () => {
  const series = ["x", "y"].flatMap((image, index) => [
    sample("cpu", { name: "a", image }, 0.2 + index / 10),
    sample("memory", { name: "a", image }, 5),
  ]);
  expect(rows(series)[0]?.values).toEqual([0.3, 10].map((value) => expect.closeTo(value)));
});

test("of several series of one row only those of the newest run count", () => {
  const before = sample("memory", { name: "a", image: "1.0" }, 5, NOW - 10_000);
  expect(rows([before, sample("memory", { name: "a", image: "1.1" }, 6)])[0]?.values).toEqual([null, 6]);
});

test("a slow metric stays fresh for as long as its own interval says", () => {
  const slow = sample("space", {}, 1, NOW - 150_000);
  expect(freshSeries([slow, sample("cpu", {}, 1)], metrics, 10)).toContain(slow);
});

test("states put the bad ones first, then by name with numbers in order", () => {
  const items = stateItems(
    { metric: "cpu", by: "name" },
    [sample("cpu", { name: "c10" }, 1), sample("cpu", { name: "c2" }, 1), sample("cpu", { name: "z" }, 0)],
    metrics,
    10,
  );
  expect(items).toEqual([
    { name: "z", good: false },
    { name: "c2", good: true },
    { name: "c10", good: true },
  ]);
});
