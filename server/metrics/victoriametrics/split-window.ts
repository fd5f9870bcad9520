import type { Samples } from "../chunks/codec/samples";
import { lowerBound } from "../chunks/head";
import type { Window } from "./read-raw";

/** Part of a window. Raw: some of its samples may not be shown by the server yet, so they are added up here. */
export interface Piece extends Window {
  readonly raw: boolean;
}

/** Each is a question: of more, one long raw one takes their place. */
const MOST_RAW = 8;

/** Splits a window so that every unit of it with a young sample is read raw. Units are counted from where it begins. */
export function splitWindow({ from, to }: Window, unitMs: number, young: readonly Samples[]): Piece[] {
  const touched = new Set<number>();
  for (const { at } of young) {
    const end = lowerBound(at, to);
    for (let index = lowerBound(at, from); index < end; index++)
      touched.add(Math.floor(((at[index] ?? 0) - from) / unitMs));
  }
  const runs = joinUnits([...touched].sort((a, b) => a - b));
  const pieces: Piece[] = [];
  let start = from;
  for (const run of runs) {
    const first = from + run.first * unitMs;
    const end = Math.min(to, from + (run.last + 1) * unitMs);
    if (first > start) pieces.push({ from: start, to: first, raw: false });
    pieces.push({ from: first, to: end, raw: true });
    start = end;
  }
  if (start < to) pieces.push({ from: start, to, raw: false });
  return pieces;
}

function joinUnits(units: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const unit of units) {
    const open = runs.at(-1);
    if (open && unit === open.last + 1) open.last = unit;
    else runs.push({ first: unit, last: unit });
  }
  const [first, last] = [runs[0], runs.at(-1)];
  return first && last && runs.length > MOST_RAW ? [{ first: first.first, last: last.last }] : runs;
}
