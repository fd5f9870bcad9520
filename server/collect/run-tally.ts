import type { RunRecord } from "./ledger";

/** Upper bounds of run durations, in seconds: from a file of /proc to what waits for a service that hangs. */
export const DURATION_BOUNDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30] as const;

type Outcome = RunRecord["outcome"];

/** What this process collected since it started: totals that only grow. */
export interface RunTotals {
  readonly runs: readonly { readonly plugin: string; readonly outcome: Outcome; readonly count: number }[];
  /** Runs of at most so many seconds, one for each of `DURATION_BOUNDS`; those of all are in `count`. */
  readonly durations: { readonly atMost: readonly number[]; readonly count: number; readonly sumSeconds: number };
  /** Handed to the store. */
  readonly samples: number;
  /** Readings that broke what the plugin declares, or found no series. */
  readonly refused: number;
}

export interface RunTally {
  count(run: {
    readonly plugin: string;
    readonly outcome: Outcome;
    readonly durationMs: number;
    readonly samples: number;
    readonly refused: number;
  }): void;
  totals(): RunTotals;
}

export function createRunTally(): RunTally {
  const byPlugin = new Map<string, Record<Outcome, number>>();
  const atMost = DURATION_BOUNDS.map(() => 0);
  const sums = { count: 0, sumSeconds: 0, samples: 0, refused: 0 };
  return {
    count({ plugin, outcome, durationMs, samples, refused }) {
      const mine = byPlugin.get(plugin) ?? { ok: 0, partial: 0, failed: 0 };
      byPlugin.set(plugin, mine);
      mine[outcome] += 1;
      const seconds = durationMs / 1_000;
      for (const [index, bound] of DURATION_BOUNDS.entries())
        if (seconds <= bound) atMost[index] = (atMost[index] ?? 0) + 1;
      sums.count += 1;
      sums.sumSeconds += seconds;
      sums.samples += samples;
      sums.refused += refused;
    },
    totals: () => ({
      runs: [...byPlugin].flatMap(([plugin, { ok, partial, failed }]) => [
        { plugin, outcome: "ok", count: ok },
        { plugin, outcome: "partial", count: partial },
        { plugin, outcome: "failed", count: failed },
      ]),
      durations: { atMost: [...atMost], count: sums.count, sumSeconds: sums.sumSeconds },
      samples: sums.samples,
      refused: sums.refused,
    }),
  };
}
