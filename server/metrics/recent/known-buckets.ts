import type { Sums } from "../chunks/sums";
import { floorTo, HOUR_MS } from "../grid";

/** Of all series and steps together, 32 bytes each. A chart of a month has some 300 a series. */
const MOST_BUCKETS = 1_000_000;
/** What the database drops by itself, or others write to it, is seen after so long. */
const KEPT_MS = HOUR_MS;
const COLUMNS = ["count", "sum", "min", "max"] as const;

interface Window {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}
/** Buckets of one series and step, one after the other. */
interface Run extends Window {
  readonly stepMs: number;
  readonly columns: readonly Float64Array[];
  readonly until: number;
}

/**
 * Buckets that a database added up once: a chart that is asked for again has but the newest of its buckets new. Only where nobody else
 * writes, since samples that come late take away what is known from there on.
 */
export interface KnownBuckets {
  /** Fills in what is known of a window for all of the series, and returns what is left to ask for. @param window whole buckets of the sums, aligned to their step since the epoch */
  recall(sums: ReadonlyMap<number, Sums>, window: Window): Window[];
  /** Called before the database is asked, with everything accepted until then. Gives what takes the answer in, once it is in the sums; of a series with late samples it is left out. */
  expect(sums: ReadonlyMap<number, Sums>, window: Window): () => void;
  /** A sample was accepted, or may be gone. */
  touch(series: number, at: number): void;
  forget(series: readonly number[]): void;
}

export function createKnownBuckets({
  mostBuckets = MOST_BUCKETS,
  now = Date.now,
}: {
  mostBuckets?: number;
  now?: () => number;
} = {}): KnownBuckets {
  /** In the order of their last use. */
  const runs = new Map<string, Run>();
  /** Of each series what was ever asked for, how often that changed, and which runs it may have. */
  const asked = new Map<number, { to: number; changes: number; readonly keys: Set<string> }>();
  let count = 0;

  const keyOf = (series: number, { grid }: Sums) => `${series} ${grid.stepMs}`;
  function find(key: string): Run | undefined {
    const run = runs.get(key);
    return run && run.until > now() ? run : undefined;
  }
  function put(key: string, run: Run | undefined): void {
    count += lengthOf(run) - lengthOf(runs.get(key));
    runs.delete(key);
    if (run && run.to > run.from) runs.set(key, run);
    for (const [oldest, { columns }] of runs) {
      if (count <= mostBuckets) break;
      count -= columns[0]?.length ?? 0;
      runs.delete(oldest);
    }
  }

  return {
    recall(sums, window) {
      const found = [...sums].map(([series, mine]) => {
        const key = keyOf(series, mine);
        return { mine, key, run: find(key) };
      });
      const from = found.reduce((most, { run }) => Math.max(most, run?.from ?? window.to), window.from);
      const to = found.reduce((least, { run }) => Math.min(least, run?.to ?? window.from), window.to);
      if (to <= from) return [window];
      for (const { key, mine, run } of found) {
        if (!run) continue;
        const { stepMs } = mine.grid;
        const part = sliceRun(run, { from, to });
        for (const [index, name] of COLUMNS.entries())
          mine[name].set(part[index] ?? [], (from - mine.grid.from) / stepMs);
        put(key, run);
      }
      return [
        { from: window.from, to: from },
        { from: to, to: window.to },
      ].filter((part) => part.from < part.to);
    },
    expect(sums, { from, to }) {
      const before = [...sums].map(([series, mine]) => {
        const one = asked.get(series) ?? { to: 0, changes: 0, keys: new Set<string>() };
        one.to = Math.max(one.to, to);
        asked.set(series, one);
        return { series, mine, one, changes: one.changes };
      });
      return () => {
        for (const { series, mine, one, changes } of before) {
          if (one.changes !== changes) continue;
          const { stepMs } = mine.grid;
          const columns = COLUMNS.map((name) =>
            mine[name].slice((from - mine.grid.from) / stepMs, (to - mine.grid.from) / stepMs),
          );
          const key = keyOf(series, mine);
          one.keys.add(key);
          put(key, joinRuns(find(key), { from, to, stepMs, columns, until: now() + KEPT_MS }));
        }
      };
    },
    touch(series, at) {
      const one = asked.get(series);
      if (!one || at >= one.to) return;
      one.changes++;
      for (const key of one.keys) {
        const run = runs.get(key);
        if (!run || at >= run.to) continue;
        const to = run.from + floorTo(Math.max(0, at - run.from), run.stepMs);
        put(key, { ...run, to, columns: sliceRun(run, { from: run.from, to }) });
      }
    },
    forget(series) {
      for (const id of series) {
        const one = asked.get(id);
        if (!one) continue;
        one.changes++;
        for (const key of one.keys) put(key, undefined);
        asked.delete(id);
      }
    },
  };
}

const lengthOf = (run: Run | undefined) => run?.columns[0]?.length ?? 0;

const sliceRun = ({ columns, stepMs, ...run }: Run, { from, to }: Window) =>
  columns.map((column) => column.slice((from - run.from) / stepMs, (to - run.from) / stepMs));

/** Where they meet, both; else the newer one. */
function joinRuns(known: Run | undefined, fresh: Run): Run {
  if (!known || fresh.from > known.to || fresh.to < known.from) return fresh;
  const before = sliceRun(known, { from: known.from, to: Math.max(known.from, fresh.from) });
  const after = sliceRun(known, { from: Math.min(known.to, fresh.to), to: known.to });
  const columns = fresh.columns.map((column, index) =>
    Float64Array.from([...(before[index] ?? []), ...column, ...(after[index] ?? [])]),
  );
  const [from, to] = [Math.min(known.from, fresh.from), Math.max(known.to, fresh.to)];
  return { ...fresh, from, to, columns, until: Math.min(known.until, fresh.until) };
}
