import { floorTo } from "../grid";
import { withinDouble } from "./chunk-row";
import type { Buckets } from "./codec/buckets";
import type { Samples } from "./codec/samples";
import { lowerBound } from "./head";

interface Part {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}
type Row = readonly [at: number, count: number, sum: number, min: number, max: number, last: number];

/** Buckets of `stepMs` from samples of one series, given in order of time in one or more pieces, within the parts. */
export function rollSamples(pieces: readonly Samples[], parts: readonly Part[], stepMs: number): Buckets {
  const rows: Row[] = [];
  for (const part of parts) {
    for (const { at, value } of pieces) {
      const end = lowerBound(at, part.to);
      for (let index = lowerBound(at, part.from); index < end; ) {
        const start = floorTo(at[index] ?? 0, stepMs);
        const next = lowerBound(at, Math.min(part.to, start + stepMs));
        addRow(rows, toRow(start, value.subarray(index, next)));
        index = next;
      }
    }
  }
  return toBuckets(rows);
}

/** Larger buckets from smaller ones that fit into them. */
export function rollBuckets(small: Buckets, stepMs: number): Buckets {
  const rows: Row[] = [];
  for (const [at, ...figures] of rowsOf(small)) addRow(rows, [floorTo(at, stepMs), ...figures]);
  return toBuckets(rows);
}

/** What is known, with everything in these parts taken out and the fresh buckets put in. */
export function spliceBuckets(known: Buckets, fresh: Buckets, parts: readonly Part[]): Buckets {
  const inParts = (at: number) => parts.some(({ from, to }) => at >= from && at < to);
  const rows = [...rowsOf(known)].filter(([at]) => !inParts(at));
  rows.push(...rowsOf(fresh));
  return toBuckets(rows.sort(([a], [b]) => a - b));
}

export function sliceBuckets(buckets: Buckets, { from, to }: Part): Buckets {
  return toBuckets([...rowsOf(buckets)].filter(([at]) => at >= from && at < to));
}

/** All buckets of both. Of two for one time, the one of more samples; the first where they are alike. */
export function keepFuller(known: Buckets, other: Buckets): Buckets {
  if (known.at.length === 0) return other;
  const rows = new Map([...rowsOf(known)].map((row) => [row[0], row]));
  for (const row of rowsOf(other)) if ((rows.get(row[0])?.[1] ?? -1) < row[1]) rows.set(row[0], row);
  return toBuckets([...rows.values()].sort(([a], [b]) => a - b));
}

export const NO_BUCKETS: Buckets = toBuckets([]);

/** A bucket that the one before is also part of is added to it: chunks may end in the middle of one. */
function addRow(rows: Row[], row: Row): void {
  const before = rows.at(-1);
  if (!before || before[0] !== row[0]) {
    rows.push(row);
    return;
  }
  const [at, count, sum, min, max] = before;
  rows[rows.length - 1] = [
    at,
    count + row[1],
    withinDouble(sum + row[2]),
    Math.min(min, row[3]),
    Math.max(max, row[4]),
    row[5],
  ];
}

function toRow(at: number, values: Float64Array): Row {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const one of values) {
    sum += one;
    if (one < min) min = one;
    if (one > max) max = one;
  }
  return [at, values.length, withinDouble(sum), min, max, values[values.length - 1] ?? 0];
}

function* rowsOf({ at, count, sum, min, max, last }: Buckets): Generator<Row> {
  for (let index = 0; index < at.length; index++) {
    yield [at[index] ?? 0, count[index] ?? 0, sum[index] ?? 0, min[index] ?? 0, max[index] ?? 0, last[index] ?? 0];
  }
}

function toBuckets(rows: readonly Row[]): Buckets {
  const column = (index: 0 | 1 | 2 | 3 | 4 | 5) => Float64Array.from(rows, (row) => row[index]);
  return { at: column(0), count: column(1), sum: column(2), min: column(3), max: column(4), last: column(5) };
}
