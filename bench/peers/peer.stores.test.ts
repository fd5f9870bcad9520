import { expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import type { SampleBatch } from "../../server/metrics/store";
import { END_AT, generateSamples, nameSeries, SERIES, STEP_MS } from "../load/samples";
import { connectPeer } from "./peer";

const STEPS = 100;
const FROM = END_AT - STEPS * STEP_MS;

/** The last steps of all series, in one batch. */
function lastSamples(): SampleBatch {
  const all: { series: number[]; at: number[]; value: number[] } = { series: [], at: [], value: [] };
  for (const { series, at, value } of generateSamples("d1"))
    series.forEach((id, index) => {
      const instant = at[index] ?? 0;
      if (instant < FROM) return;
      all.series.push(id);
      all.at.push(instant);
      all.value.push(value[index] ?? 0);
    });
  return all;
}

// VictoriaMetrics keeps decimal numbers of at least 12 digits: what is neither whole nor short is rounded.
describeWith("victoriametrics", (url) => {
  test("a peer has every sample that was written, to 12 digits, and answers what a store would", async () => {
    const written = lastSamples();
    const peer = connectPeer("victoriametrics", url);
    await peer.write(written);
    await peer.flush();
    expect(written.series.length).toBe(SERIES * STEPS);
    expect(await peer.count(END_AT)).toBe(SERIES * STEPS);
    expect(await peer.latest(END_AT)).toHaveLength(SERIES);
    for (const series of [1, 2, 3, 4, 7, 2_000]) {
      const samples = pick(written, series);
      const isWholeOrShort = nameSeries(series).kind !== "noise";
      expect(await peer.raw(series, { from: FROM - 1, to: END_AT })).toEqual(
        samples.map(({ at, value }) => ({ at, value: isWholeOrShort ? value : expect.closeTo(value, 11) })),
      );
      const stepMs = 50_000;
      const buckets = await peer.buckets([series], { from: FROM, to: END_AT, stepMs });
      expect(buckets.get(series)).toEqual(
        Array.from({ length: (END_AT - FROM) / stepMs }, (_, index) => {
          const at = FROM + index * stepMs;
          const values = samples
            .filter((sample) => sample.at >= at && sample.at < at + stepMs)
            .map(({ value }) => value);
          const avg = values.reduce((sum, value) => sum + value, 0) / values.length;
          const [min, max] = [Math.min(...values), Math.max(...values)].map((value) => expect.closeTo(value, 6));
          return { at, avg: expect.closeTo(avg, 6), min, max };
        }),
      );
    }
    expect(await peer.top(0, END_AT, 5)).toHaveLength(5);
    peer.close();
  });
});

function pick({ series, at, value }: SampleBatch, wanted: number) {
  const indexes = series.flatMap((id, index) => (id === wanted ? [index] : []));
  return indexes.map((index) => ({ at: at[index] ?? 0, value: value[index] ?? 0 }));
}
