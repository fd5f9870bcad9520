import { expect, test } from "vitest";
import type { SeriesUsage } from "../metrics/store";
import { measureLoad } from "./measure-load";

const NOW = 1_795_478_400_000;
const DAY_MS = 86_400_000;
const usage = (series: number, rest: Partial<SeriesUsage> = {}): SeriesUsage => ({
  series,
  samples: 8_641,
  stored: { samples: 8_000, bytes: 16_000 },
  firstAt: NOW - DAY_MS,
  lastAt: NOW,
  ...rest,
});
const stats = (tables: Record<string, number>) => ({
  engine: "SQLite",
  samples: 100_000,
  bytes: Object.values(tables).reduce((sum, bytes) => sum + bytes, 0),
  tables: Object.entries(tables).map(([name, bytes]) => ({ name, bytes })),
});
const plugin = (name: string, series: number[]) => ({ plugin: name, series, expectedPerDay: series.length * 8_640 });
const measure = (all: SeriesUsage[], plugins: ReturnType<typeof plugin>[], tables = {}) =>
  measureLoad({ stats: stats(tables), usage: all, plugins, now: NOW });

test("samples a day are those that came, of the series that still get some", () => {
  const ended = usage(2, { lastAt: NOW - 2 * DAY_MS, firstAt: NOW - 9 * DAY_MS });
  const { plugins } = measure([usage(1), ended], [plugin("disk", [1, 2])]);
  expect(plugins).toMatchObject([{ plugin: "disk", series: 1, samplesPerDay: 8_640, samples: 17_282 }]);
});

test("few samples say nothing about bytes yet", () => {
  const fresh = usage(1, { samples: 10, stored: { samples: 0, bytes: 0 } });
  expect(measure([fresh], [plugin("disk", [1])]).plugins[0]?.bytesPerSample).toBe(2.3);
  const one = usage(1, { samples: 1, firstAt: NOW });
  expect(measure([one], [plugin("disk", [1])]).plugins[0]?.samplesPerDay).toBe(0);
});

test("what lies around chunks is counted to their samples once there are many", () => {
  const large = usage(1, { samples: 10_000_000, stored: { samples: 10_000_000, bytes: 20_000_000 } });
  const { plugins } = measure([large], [plugin("disk", [1])], { plugin_metrics_chunk: 25_000_000 });
  expect(plugins[0]?.bytesPerSample).toBe(2.5);
});

test("plugins share what is on disk, and all of it", () => {
  const tables = { plugin_metrics_chunk: 40_000, plugin_metrics_rollup_chunk: 8_000, plugin_metrics_batch: 2_000 };
  const all = [usage(1), usage(2), usage(3), usage(4, { stored: { samples: 8_000, bytes: 48_000 } })];
  const total = all.reduce((sum, { samples }) => sum + samples, 0);
  const { plugins, otherBytes } = measureLoad({
    stats: { ...stats(tables), samples: total },
    usage: all,
    plugins: [plugin("disk", [1, 2, 3]), plugin("docker", [4])],
    now: NOW,
  });
  expect(plugins.map(({ bytes }) => Math.round(bytes ?? 0))).toEqual([20_000 + 6_000 + 1_500, 20_000 + 2_000 + 500]);
  expect(otherBytes).toBe(2_000);
});

test("on TimescaleDB what is not compressed yet is there however long anything is kept", () => {
  const tables = {
    plugin_metrics: 16_000 + 64_000 + 30_000,
    plugin_metrics_hourly: 8_000,
    plugin_metrics_daily: 2_000,
  };
  const all = [usage(1), usage(2, { stored: { samples: 8_000, bytes: 64_000 } })];
  const { plugins, otherBytes, bytesPerBucket, rawTogether } = measureLoad({
    stats: { ...stats(tables), samples: 2 * 8_641 },
    usage: all,
    plugins: [plugin("disk", [1]), plugin("docker", [2])],
    now: NOW,
  });
  expect(plugins.map(({ bytesPerSample }) => bytesPerSample)).toEqual([2, 8]);
  expect(plugins.map(({ bytes }) => bytes)).toEqual([16_000 + 5_000 + 15_000, 64_000 + 5_000 + 15_000]);
  expect([otherBytes, bytesPerBucket, rawTogether]).toEqual([30_000, 60, true]);
});

test("an engine that cannot tell is taken by the intervals, and by what it has as a whole", () => {
  const load = measureLoad({
    stats: { engine: "TimescaleDB", samples: 1_000_000, bytes: 5_000_000 },
    usage: undefined,
    plugins: [plugin("disk", [1, 2])],
    now: NOW,
  });
  expect(load.plugins).toMatchObject([{ samplesPerDay: 17_280, bytesPerSample: 5, bytes: null }]);
});
