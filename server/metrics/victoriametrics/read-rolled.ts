import { addBuckets, type Sums } from "../chunks/sums";
import { SERIES, selectSeries } from "./labels";
import { createPromql, type Found, type Point } from "./promql";
import type { Window } from "./read-raw";
import type { Server } from "./server";

/** Of one answer: a server gives 30,000 and refuses more. */
const BUCKETS_PER_QUESTION = 10_000;
/** What a summary has. */
const FIGURES = ["count", "sum", "min", "max", "last", "tlast"] as const;
/** What a chart has: half as much to write and to read, which is most of what a day of ten series takes. */
const AVERAGES = ["avg", "min", "max"] as const;
type Figure = (typeof FIGURES | typeof AVERAGES)[number];

type SumsOf = ReadonlyMap<number, Sums>;
/** Whole buckets of `stepMs`. */
type Buckets = Window & { readonly stepMs: number };

/** Adds buckets that the server adds up itself, several figures in one question, so that it reads its samples once. */
export async function addFigures(server: Server, sums: SumsOf, window: Buckets): Promise<void> {
  for (const part of cut(window)) {
    for (const { series, column } of await ask(server, FIGURES, [...sums.keys()], part)) {
      const mine = sums.get(series);
      if (!mine) continue;
      // By the instant of its last sample, which lies in the bucket and orders buckets of several series there.
      const at = column("tlast").map((seconds) => Math.round(seconds * 1_000));
      const buckets = { at, count: column("count"), sum: column("sum"), min: column("min"), max: column("max") };
      addBuckets(mine, { ...buckets, last: column("last") }, part);
    }
  }
}

/** As `addFigures`, for charts: each bucket counts as one sample, its average, and there is no last. */
export async function addAverages(server: Server, sums: SumsOf, window: Buckets): Promise<void> {
  for (const part of cut(window)) {
    const answers = await ask(server, AVERAGES, [...sums.keys()], part);
    const times = new Map<number, number>();
    for (const { series } of answers) times.set(series, (times.get(series) ?? 0) + 1);
    for (const { series, starts, column } of answers) {
      const mine = sums.get(series);
      if (!mine || times.get(series) !== 1) continue;
      const [sum, count] = [column("avg"), new Float64Array(starts.length).fill(1)];
      addBuckets(mine, { at: starts, count, sum, min: column("min"), max: column("max"), last: sum }, part);
    }
    // Of one that is several series there, averages do not make one.
    const several = new Map([...sums].filter(([series]) => (times.get(series) ?? 0) > 1));
    if (several.size > 0) await addFigures(server, several, part);
  }
}

function* cut({ from, to, stepMs }: Buckets): Generator<Buckets> {
  for (let start = from; start < to; start += BUCKETS_PER_QUESTION * stepMs)
    yield { from: start, to: Math.min(to, start + BUCKETS_PER_QUESTION * stepMs), stepMs };
}

/** Of one series there; Unity's may be several: one for each set of labels. */
interface Answer {
  readonly series: number;
  /** Of its buckets that have samples. */
  readonly starts: Float64Array;
  column(figure: Figure): Float64Array;
}

async function ask(
  { connection, ...server }: Server,
  figures: readonly Figure[],
  series: readonly number[],
  { from, to, stepMs }: Buckets,
): Promise<Answer[]> {
  const { queryRange } = createPromql(connection);
  const functions = figures.map((name) => `"${name}_over_time"`).join(",");
  // A bucket ends before its last millisecond does: the sample at the first instant of the next is not its own.
  const range = { from: from + stepMs - 1, to: to - 1, stepMs };
  const answers: Answer[] = [];
  for (const selector of selectSeries(server, series)) {
    const found = await queryRange(`aggr_over_time((${functions}),${selector}[${stepMs}ms])`, range);
    for (const columns of joinColumns(found)) {
      const [first] = columns.values();
      const starts = toNumbers(first, ([at]) => Math.round(at * 1_000) - (stepMs - 1));
      const column = (figure: Figure) => toNumbers(columns.get(`${figure}_over_time`), ([, value]) => Number(value));
      answers.push({ series: Number(first?.metric[SERIES]), starts, column });
    }
  }
  return answers;
}

const toNumbers = (found: Found | undefined, toNumber: (point: Point) => number) =>
  Float64Array.from(found?.points ?? [], toNumber);

/** By their figure, those of each series there. */
function joinColumns(found: readonly Found[]): Map<string, Found>[] {
  const joined = new Map<string, Map<string, Found>>();
  for (const one of found) {
    const { rollup = "", ...labels } = one.metric;
    const key = JSON.stringify(Object.entries(labels).sort());
    const columns = joined.get(key) ?? new Map<string, Found>();
    joined.set(key, columns.set(rollup, one));
  }
  return [...joined.values()];
}
