import type { SqlEngine } from "../../db/sql-engine";
import { slices } from "../chunks/read-raw";
import type { Latest } from "../store";
import type { Heads } from "./heads";
import { toMilliseconds, toTime } from "./instants";

/** Of one question: some 10 MB while it is read. */
const ROWS_PER_SLICE = 50_000;

/** By the index of each series: its newest chunk has a day of all of them. */
const NEWEST_ROWS = `select wanted.series, ${toMilliseconds("sample.time")} as at, sample.value
  from unnest(?::text::int[]) as wanted(series)
  cross join lateral (select time, value from plugin_metrics
    where series_id = wanted.series and time >= ${toTime()} order by time desc limit ?::int) sample
  order by 1, 2`;

/** Puts the samples from an instant on in memory, a slice of the series after the other. @param goOn asked before each slice */
export async function restoreHeads(
  engine: SqlEngine,
  heads: Heads,
  { latest, from, goOn }: { latest: ReadonlyMap<number, Latest>; from: number; goOn: () => boolean },
): Promise<void> {
  const wanted = [...latest.values()].filter(({ at }) => at >= from).map(({ series }) => series);
  const most = heads.partSamples(wanted.length);
  for (const ids of slices(wanted, Math.max(1, Math.floor(ROWS_PER_SLICE / most)))) {
    if (!goOn()) return;
    const extend = heads.extension();
    const rows = await engine.query(NEWEST_ROWS, [`{${ids.join(",")}}`, from, most]);
    for (const [series, samples] of groupRows(rows)) {
      // With as many as were asked for there may be older ones.
      const whole = samples.at.length < most ? from : (samples.at[0] ?? from);
      extend(series, whole, samples);
    }
  }
}

function groupRows(rows: readonly (readonly unknown[])[]): Map<number, { at: number[]; value: number[] }> {
  const groups = new Map<number, { at: number[]; value: number[] }>();
  for (const [id, at, value] of rows) {
    const series = Number(id);
    const group = groups.get(series) ?? { at: [], value: [] };
    group.at.push(Number(at));
    group.value.push(Number(value));
    groups.set(series, group);
  }
  return groups;
}
