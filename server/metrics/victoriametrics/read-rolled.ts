import { addBuckets, type Sums } from "../chunks/sums";
import { SERIES, selectSeries } from "./labels";
import { createPromql, type Found } from "./promql";
import type { Window } from "./read-raw";
import type { Server } from "./server";

/** Of one answer: a server gives 30,000 and refuses more. */
const BUCKETS_PER_QUESTION = 10_000;
const FIGURES = ["count", "sum", "min", "max", "last", "tlast"] as const;

/**
 * Adds buckets that the server adds up itself, several figures in one question, so that it reads its samples once.
 * @param window whole buckets of `stepMs`
 */
export async function addRolled(
  server: Server,
  sums: ReadonlyMap<number, Sums>,
  window: Window & { stepMs: number },
): Promise<void> {
  const { queryRange } = createPromql(server.connection);
  const { stepMs } = window;
  const functions = FIGURES.map((name) => `"${name}_over_time"`).join(",");
  for (const selector of selectSeries(server, [...sums.keys()])) {
    for (let from = window.from; from < window.to; from += BUCKETS_PER_QUESTION * stepMs) {
      const to = Math.min(window.to, from + BUCKETS_PER_QUESTION * stepMs);
      // A bucket ends before its last millisecond does: the sample at the first instant of the next is not its own.
      const range = { from: from + stepMs - 1, to: to - 1, stepMs };
      const found = await queryRange(`aggr_over_time((${functions}),${selector}[${stepMs}ms])`, range);
      for (const figures of joinFigures(found)) addFigures(sums, figures, window);
    }
  }
}

type Figures = ReadonlyMap<string, Found>;

/** The figures of each series there, of which Unity's may have several: one for each set of labels. */
function joinFigures(found: readonly Found[]): Figures[] {
  const joined = new Map<string, Map<string, Found>>();
  for (const one of found) {
    const { rollup = "", ...labels } = one.metric;
    const key = JSON.stringify(Object.entries(labels).sort());
    const figures = joined.get(key) ?? new Map<string, Found>();
    joined.set(key, figures.set(rollup, one));
  }
  return [...joined.values()];
}

function addFigures(sums: ReadonlyMap<number, Sums>, figures: Figures, window: Window): void {
  const column = (name: (typeof FIGURES)[number]) =>
    Float64Array.from(figures.get(`${name}_over_time`)?.points ?? [], ([, value]) => Number(value));
  const first = figures.get("count_over_time");
  const mine = sums.get(Number(first?.metric[SERIES]));
  if (!mine) return;
  // By the instant of its last sample, which lies in the bucket and orders buckets of several series there.
  const at = column("tlast").map((seconds) => Math.round(seconds * 1_000));
  const buckets = { at, count: column("count"), sum: column("sum"), min: column("min"), max: column("max") };
  addBuckets(mine, { ...buckets, last: column("last") }, window);
}
