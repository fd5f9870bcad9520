import { createBreath } from "../../metrics/chunks/breathe";
import type { MetricStore } from "../../metrics/store";
import type { Hours } from "./memory";
import type { Stretch } from "./resolution";

type Store = Pick<MetricStore, "export" | "range">;

/** A run of the past. */
export interface PastRun {
  readonly at: number;
  readonly series: readonly number[];
  readonly values: readonly number[];
  /** Of the runs that it stands for, how many failed: 0 to 1. */
  readonly failed: number;
}

/** Of one series, oldest first. */
interface Column {
  readonly series: number;
  readonly at: number[];
  readonly value: number[];
}
type Bucket = { readonly avg: number; readonly min: number; readonly max: number };

const HOUR_MS = 3_600_000;
/** So many are asked for at once: others get their turn in between. */
const SERIES_AT_ONCE = 25;
const POINTS_AT_ONCE = 5_000;

interface Wanted {
  readonly id: number;
  readonly choose: (bucket: Bucket) => number;
}

/**
 * Runs of one instance over a stretch of the past, oldest first.
 * @param up the series that says of each run whether it failed
 */
export async function readRuns(
  store: Store,
  { from, to, stepMs }: Stretch,
  { series, up }: { series: readonly Wanted[]; up: number | undefined },
  stop: AbortSignal,
): Promise<Iterable<PastRun>> {
  const columns: Column[] = series.map(({ id }) => ({ series: id, at: [], value: [] }));
  const ups: Column = { series: up ?? 0, at: [], value: [] };
  const all = up === undefined ? columns : [...columns, ups];
  if (stepMs === 0) for (const column of all) await readSamples(store, { from, to }, column, stop);
  else {
    const wanted = [...series, ...(up === undefined ? [] : [{ id: up, choose: ({ avg }: Bucket) => avg }])];
    const breathe = createBreath();
    for (let start = from; start < to; start += POINTS_AT_ONCE * stepMs) {
      const end = Math.min(to, start + POINTS_AT_ONCE * stepMs);
      for (let first = 0; first < wanted.length; first += SERIES_AT_ONCE) {
        stop.throwIfAborted();
        const some = wanted.slice(first, first + SERIES_AT_ONCE);
        await readBuckets(store, { from: start, to: end, stepMs }, some, all.slice(first, first + SERIES_AT_ONCE));
        await breathe();
      }
    }
  }
  return mergeRuns(columns, ups);
}

async function readSamples(
  store: Store,
  window: { from: number; to: number },
  column: Column,
  stop: AbortSignal,
): Promise<void> {
  for await (const batch of store.export({ series: [column.series], ...window })) {
    stop.throwIfAborted();
    for (const [index, at] of batch.at.entries()) {
      column.at.push(at);
      column.value.push(batch.value[index] ?? 0);
    }
  }
}

async function readBuckets(
  store: Store,
  { from, to, stepMs }: Stretch,
  wanted: readonly Wanted[],
  columns: readonly Column[],
): Promise<void> {
  const range = await store.range({
    series: wanted.map(({ id }) => id),
    from,
    to,
    maxPoints: Math.ceil((to - from) / stepMs) + 1,
    minStepMs: stepMs,
  });
  const byId = new Map(range.series.map((one) => [one.series, one]));
  for (const [index, { id, choose }] of wanted.entries()) {
    const [column, found] = [columns[index], byId.get(id)];
    for (let point = 0; column && found && point < range.length; point++) {
      const [avg, min, max] = [found.avg[point] ?? null, found.min[point] ?? null, found.max[point] ?? null];
      if (avg === null || min === null || max === null) continue;
      column.at.push(range.from + point * range.stepMs);
      column.value.push(choose({ avg, min, max }));
    }
  }
}

/** Samples of one instant are of one run. Plain loops: it is millions of values. */
function* mergeRuns(columns: readonly Column[], ups: Column): Generator<PastRun> {
  const heads = new Uint32Array(columns.length);
  for (let upHead = 0; ; ) {
    const at = Math.min(ups.at[upHead] ?? Number.POSITIVE_INFINITY, earliest(columns, heads));
    if (at === Number.POSITIVE_INFINITY) return;
    const [series, values]: [number[], number[]] = [[], []];
    for (let index = 0; index < columns.length; index++) {
      const [column, head] = [columns[index], heads[index] ?? 0];
      if (!column || column.at[head] !== at) continue;
      series.push(column.series);
      values.push(column.value[head] ?? 0);
      heads[index] = head + 1;
    }
    const isTold = ups.at[upHead] === at;
    const failed = isTold ? 1 - (ups.value[upHead] ?? 1) : 0;
    if (isTold) upHead += 1;
    yield { at, series, values, failed };
  }
}

function earliest(columns: readonly Column[], heads: Uint32Array): number {
  let at = Number.POSITIVE_INFINITY;
  for (let index = 0; index < columns.length; index++) {
    const next = columns[index]?.at[heads[index] ?? 0];
    if (next !== undefined && next < at) at = next;
  }
  return at;
}

/** Averages by the hour, for rules that compare with other days. */
export async function readHours(
  store: Store,
  series: readonly number[],
  { from, to }: { from: number; to: number },
  stop: AbortSignal,
): Promise<Map<number, Hours>> {
  const start = Math.floor(from / HOUR_MS) * HOUR_MS;
  const length = Math.max(1, Math.ceil((to - start) / HOUR_MS));
  const hours = new Map<number, Hours>();
  const breathe = createBreath();
  for (let first = 0; first < series.length; first += SERIES_AT_ONCE) {
    stop.throwIfAborted();
    const some = series.slice(first, first + SERIES_AT_ONCE);
    const range = await store.range({ series: some, from: start, to, maxPoints: length + 1, minStepMs: HOUR_MS });
    for (const { series: id, avg } of range.series) {
      const mine = new Float64Array(length).fill(Number.NaN);
      for (const [index, value] of avg.entries()) {
        const hour = (range.from - start + index * range.stepMs) / HOUR_MS;
        if (value !== null && hour >= 0) mine[hour] = value;
      }
      hours.set(id, { from: start, avg: mine });
    }
    await breathe();
  }
  return hours;
}
