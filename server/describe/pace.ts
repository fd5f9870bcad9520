import type { MetricStore } from "../metrics/store";

/** So many series of a chart say how often all of it comes. */
const MOST_ASKED = 5;
const LOOK_BACK_MS = 600_000;
const SECOND_MS = 1_000;

/**
 * How far samples of pushed series are apart, in whole seconds: whoever pushes does so at a pace of its own. Of several the slowest, so that
 * none is a row of gaps; undefined where too few came lately. Milliseconds.
 */
export async function findPaceMs(
  store: Pick<MetricStore, "latest" | "range">,
  series: readonly number[],
): Promise<number | undefined> {
  const asked = store.latest(series).slice(0, MOST_ASKED);
  const to = Math.max(0, ...asked.map(({ at }) => at)) + 1;
  if (asked.length === 0) return undefined;
  const range = await store.range({
    series: asked.map((one) => one.series),
    from: to - LOOK_BACK_MS,
    to,
    maxPoints: 2 * (LOOK_BACK_MS / SECOND_MS),
  });
  const paces = range.series.flatMap(({ avg }) => medianGap(avg) ?? []);
  return paces.length === 0 ? undefined : Math.max(...paces) * range.stepMs;
}

/** Of the buckets that have something. */
function medianGap(buckets: readonly (number | null)[]): number | undefined {
  const filled = buckets.flatMap((value, index) => (value === null ? [] : [index]));
  const gaps = filled.slice(1).map((index, before) => index - (filled[before] ?? 0));
  return gaps.length < 2 ? undefined : gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)];
}
