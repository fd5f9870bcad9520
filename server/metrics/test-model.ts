import { expect } from "vitest";
import type { MetricStore, Range, RangeQuery, SampleBatch } from "./store";

export interface Sample {
  readonly series: number;
  readonly at: number;
  readonly value: number;
}

/** What a store must answer, by looking at every sample there is. */
export interface Model {
  /** Into the model and the store. */
  write(store: Pick<MetricStore, "write">, samples: readonly Sample[]): void;
  /** The store's answer to this question is the right one. */
  expectRange(store: MetricStore, query: RangeQuery): Promise<void>;
  expectWindow(store: MetricStore, query: { series: readonly number[]; from: number; to: number }): Promise<void>;
  expectLatest(store: MetricStore, series: readonly number[]): void;
  /** Of one series, in order of time. */
  samplesOf(series: number): Sample[];
}

/** @param tolerance how far a value may be off, as a share of the largest of its series */
export function createModel(tolerance = 0): Model {
  const bySeries = new Map<number, Map<number, number>>();
  // An engine that rounds takes the very smallest for zero.
  const slackOf = (series: number) =>
    [...(bySeries.get(series)?.values() ?? [])].reduce((most, value) => Math.max(most, Math.abs(value)), 1e-290) *
    tolerance;

  const samplesOf = (series: number) =>
    [...(bySeries.get(series) ?? [])].map(([at, value]) => ({ series, at, value })).sort((a, b) => a.at - b.at);
  const between = (series: number, from: number, to: number) =>
    samplesOf(series).filter(({ at }) => at >= from && at < to);

  return {
    write(store, samples) {
      store.write(toBatch(samples));
      for (const { series, at, value } of samples) {
        const known = bySeries.get(series) ?? new Map<number, number>();
        if (!known.has(at)) known.set(at, value);
        bySeries.set(series, known);
      }
    },
    async expectRange(store, query) {
      const range = await store.range(query);
      expectGrid(range, query);
      expect(range.series.map(({ series }) => series)).toEqual([...query.series]);
      for (const line of range.series) {
        for (let index = 0; index < range.length; index++) {
          const start = range.from + index * range.stepMs;
          const bucket = between(line.series, start, start + range.stepMs);
          const where = `series ${line.series}, bucket ${index} at ${start} of ${range.stepMs} ms, tier ${range.tierSeconds}`;
          expectFigures(
            { avg: line.avg[index] ?? null, min: line.min[index] ?? null, max: line.max[index] ?? null },
            bucket,
            { where, slack: slackOf(line.series) },
          );
        }
      }
    },
    async expectWindow(store, { series, from, to }) {
      const summaries = await store.window({ series, from, to });
      const filled = series.filter((id) => between(id, from, to).length > 0);
      expect(summaries.map((summary) => summary.series)).toEqual(filled);
      for (const summary of summaries) {
        const bucket = between(summary.series, from, to);
        const slack = slackOf(summary.series);
        expectFigures(summary, bucket, { where: `window of series ${summary.series} from ${from} to ${to}`, slack });
        expect(summary.count).toBe(bucket.length);
        expect(summary.last).toEqual(near(bucket.at(-1)?.value ?? Number.NaN, slack));
      }
    },
    expectLatest(store, series) {
      const newest = series.flatMap((id) => samplesOf(id).at(-1) ?? []);
      expect(store.latest(series)).toEqual(
        newest.map((sample) => ({ ...sample, value: near(sample.value, slackOf(sample.series)) })),
      );
    },
    samplesOf,
  };
}

export const toBatch = (samples: readonly Sample[]): SampleBatch => ({
  series: samples.map(({ series }) => series),
  at: samples.map(({ at }) => at),
  value: samples.map(({ value }) => value),
});

function expectGrid(range: Range, { from, to, maxPoints, minStepMs = 1_000 }: RangeQuery): void {
  expect(range.length).toBeGreaterThanOrEqual(1);
  expect(range.length).toBeLessThanOrEqual(maxPoints);
  expect(range.stepMs).toBeGreaterThanOrEqual(minStepMs);
  expect(range.from % range.stepMs, "aligned since the epoch").toBe(0);
  expect(range.from).toBeLessThanOrEqual(from);
  expect(range.from + range.stepMs, "no bucket before the window").toBeGreaterThan(from);
  expect(range.from + range.length * range.stepMs).toBeGreaterThanOrEqual(to);
  for (const { avg, min, max } of range.series) {
    expect([avg.length, min.length, max.length]).toEqual([range.length, range.length, range.length]);
  }
}

interface Figures {
  readonly avg: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

function expectFigures(
  { avg, min, max }: Figures,
  bucket: readonly Sample[],
  { where, slack }: { where: string; slack: number },
): void {
  if (bucket.length === 0) {
    expect({ avg, min, max }, where).toEqual({ avg: null, min: null, max: null });
    return;
  }
  const values = bucket.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  expect({ min, max }, where).toEqual({ min: near(low, slack), max: near(high, slack) });
  expect(avg, where).toBeGreaterThanOrEqual(low - slack);
  expect(avg, where).toBeLessThanOrEqual(high + slack);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  // Sums beyond a double have no average that could be asked for more than lying between the two.
  if (largest > 1e300) return;
  const average = values.reduce((sum, value) => sum + value / values.length, 0);
  expect(Math.abs((avg ?? Number.NaN) - average), where).toBeLessThanOrEqual(largest * 1e-9 + Number.MIN_VALUE + slack);
}

/** What equals the value, or lies near enough. */
const near = (value: number, slack: number) =>
  slack === 0
    ? value
    : { asymmetricMatch: (other: unknown) => typeof other === "number" && Math.abs(other - value) <= slack };
