/**
 * Names that were given a series. Programs choose their own names, and a series is for ever: a program that calls itself
 * something else every second must not make a series a second. Plain data, kept between runs.
 */
export interface Vocabulary {
  /** Name, and when it was last wanted. */
  readonly admitted: readonly (readonly [name: string, wantedAt: number])[];
  /** Names that were wanted once. */
  readonly candidates: readonly string[];
}

interface Terms {
  readonly now: number;
  /** So many names, however long Unity runs. */
  readonly limit: number;
  /** A new name must be wanted by two runs in a row. */
  readonly probation: boolean;
  /** So many names at once, those wanted last. */
  readonly atOnce: number;
}

export interface Admission {
  readonly vocabulary: Vocabulary;
  /** What to report: names wanted now or in the past minutes, so that a line does not come and go with its rank. */
  readonly shown: readonly string[];
  /** Wanted names that are not shown. */
  readonly refused: readonly string[];
  readonly isFull: boolean;
}

const LINGER_MS = 300_000;

export function admit(before: Vocabulary | undefined, wanted: readonly string[], terms: Terms): Admission {
  const { now, limit, probation, atOnce } = terms;
  const admitted = new Map(before?.admitted);
  const candidates = new Set(before?.candidates);
  const refused: string[] = [];
  for (const name of wanted) {
    const may = admitted.has(name) || (admitted.size < limit && (!probation || candidates.has(name)));
    if (may) admitted.set(name, now);
    else refused.push(name);
  }
  const shown = [...admitted]
    .filter(([, wantedAt]) => now - wantedAt <= LINGER_MS)
    .sort(([, a], [, b]) => b - a)
    .slice(0, atOnce)
    .map(([name]) => name);
  return {
    vocabulary: { admitted: [...admitted], candidates: refused },
    shown,
    refused,
    isFull: admitted.size >= limit,
  };
}
