import type { Samples } from "../chunks/codec/samples";
import { Head } from "../chunks/head";

/** A generation takes samples in for so long, or so many. */
const TAKES_MS = 30_000;
const TAKES_SAMPLES = 500_000;
/** A sample is shown after a second, the first of a new series after ten: then a filter that was asked before is asked anew. */
const SHOWN_AFTER_MS = 30_000;

interface Generation {
  readonly bornAt: number;
  readonly heads: Map<number, Head>;
  count: number;
  /** The last batch with samples of it; null while it takes them in. */
  lastBatch: number | null;
  /** null while not everything of it was put. */
  shownAt: number | null;
}

/**
 * Samples that the server may not show yet: of the last minute or so, and all that wait for it. They are kept by when they came in,
 * whatever their instants are.
 */
export interface Young {
  /** False when this instant is there already. */
  add(series: number, at: number, value: number): boolean;
  /** Its samples, oldest generation first; each in order of time. Views, valid until something is added. */
  of(series: number): Samples[];
  /** Everything up to this batch is on the server. */
  confirm(batch: number): void;
  forget(series: number): void;
  /** Samples in memory. */
  count(): number;
  /** The server was made to show everything that it has: what is confirmed need not be kept. */
  dropConfirmed(): void;
}

/** @param openBatch the batch that the next sample will be in */
export function createYoung({ openBatch, now = Date.now }: { openBatch: () => number; now?: () => number }): Young {
  let current = createGeneration(now());
  let older: Generation[] = [];
  let confirmed = 0;

  /** Ends the current generation when it is full or old, and drops those that the server shows. */
  function turn(): void {
    const at = now();
    if (current.count > 0 && (current.count >= TAKES_SAMPLES || at - current.bornAt >= TAKES_MS)) {
      current.lastBatch = openBatch();
      older.push(current);
      current = createGeneration(at);
      confirm(confirmed);
    }
    if (older.some(({ shownAt }) => shownAt !== null && shownAt <= at))
      older = older.filter(({ shownAt }) => shownAt === null || shownAt > at);
  }

  function confirm(batch: number): void {
    confirmed = batch;
    for (const one of older)
      if (one.lastBatch !== null && one.lastBatch <= batch) one.shownAt ??= now() + SHOWN_AFTER_MS;
  }

  return {
    add(series, at, value) {
      turn();
      if (older.some(({ heads }) => heads.get(series)?.has(at))) return false;
      let head = current.heads.get(series);
      if (!head) {
        head = new Head(older.at(-1)?.heads.get(series));
        current.heads.set(series, head);
      }
      if (!head.add(at, value)) return false;
      current.count++;
      return true;
    },
    of(series) {
      turn();
      return [...older, current].flatMap(({ heads }) => heads.get(series)?.samples() ?? []);
    },
    confirm,
    count: () => older.reduce((sum, { count }) => sum + count, current.count),
    dropConfirmed() {
      older = older.filter(({ shownAt }) => shownAt === null);
    },
    forget(series) {
      for (const { heads } of [...older, current]) heads.delete(series);
    },
  };
}

const createGeneration = (bornAt: number): Generation => ({
  bornAt,
  heads: new Map(),
  count: 0,
  lastBatch: null,
  shownAt: null,
});
