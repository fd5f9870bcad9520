import { floorTo } from "../metrics/grid";
import type { MetricStore } from "../metrics/store";

const MINUTE_MS = 60_000;
/** An hour, and the minute that has just begun. */
const MINUTES = 61;
/** Samples are stamped with the start of a run, and a run may take two minutes. What is older than this does not change any more. */
const OPEN_MINUTES = 3;

type Column = readonly (number | null)[];
/** Averages by the minute, oldest first; null where nothing was measured. */
export interface PastHour {
  readonly stepMs: number;
  readonly length: number;
  readonly series: readonly { readonly series: number; readonly avg: Column }[];
}
interface Kept {
  readonly from: number;
  /** The minutes before it are as they will stay. */
  readonly closed: number;
  readonly columns: ReadonlyMap<number, Column>;
}

/**
 * The past hour of the series a page shows. What does not change any more is kept: an hour of 200 series is 80,000 samples, and
 * their last minutes are a twentieth of that.
 */
export function createPastHour(
  store: Pick<MetricStore, "range">,
): (series: readonly number[], now: number) => Promise<PastHour> {
  let kept: Kept = { from: 0, closed: 0, columns: new Map() };

  async function read(series: readonly number[], from: number, to: number): Promise<Map<number, Column>> {
    if (series.length === 0) return new Map();
    const range = await store.range({ series, from, to, maxPoints: MINUTES, minStepMs: MINUTE_MS });
    // A clock that was set back to where there are only hours any more: no lines rather than wrong ones.
    if (range.from !== from || range.stepMs !== MINUTE_MS) return new Map();
    return new Map(range.series.map((line) => [line.series, line.avg]));
  }

  return async (series, now) => {
    const to = floorTo(now, MINUTE_MS) + MINUTE_MS;
    const from = to - MINUTES * MINUTE_MS;
    const last = kept;
    const usable = last.from <= from && last.closed > from && last.closed <= to;
    const known = usable ? series.filter((id) => last.columns.has(id)) : [];
    const others = usable ? series.filter((id) => !last.columns.has(id)) : series;
    const [open, whole] = await Promise.all([read(known, last.closed, to), read(others, from, to)]);
    const columns = new Map(
      series.map((id): [number, Column] => {
        const closed = last.columns
          .get(id)
          ?.slice((from - last.from) / MINUTE_MS, (last.closed - last.from) / MINUTE_MS);
        return [id, whole.get(id) ?? [...(closed ?? []), ...(open.get(id) ?? [])]];
      }),
    );
    kept = { from, closed: Math.max(from, to - OPEN_MINUTES * MINUTE_MS), columns };
    return {
      stepMs: MINUTE_MS,
      length: MINUTES,
      series: series.map((id) => ({ series: id, avg: columns.get(id) ?? [] })),
    };
  };
}
