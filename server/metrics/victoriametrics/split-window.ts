import type { Samples } from "../chunks/codec/samples";
import { lowerBound } from "../chunks/head";
import { ceilTo, floorTo, HOUR_MS } from "../grid";
import type { Window } from "./read-raw";

/**
 * Part of a window. Raw: some of its samples may not be shown by the server yet, so they are added up here. Whole: units that the server
 * adds up. Rest: what lies beside raw samples, within one unit.
 */
export interface Piece extends Window {
  readonly kind: "raw" | "whole" | "rest";
}

/** Each is a question: of more, one long raw one takes their place. */
const MOST_RAW = 8;
/** Of shorter units all samples are read, when one is young. */
const LEAST_SPLIT_MS = HOUR_MS;
const EDGE_MS = 60_000;

/** Splits a window so that what has young samples is read raw. Units are counted from where it begins; the last may be cut off. */
export function splitWindow({ from, to }: Window, unitMs: number, young: readonly Samples[]): Piece[] {
  const touched = new Map<number, Window>();
  for (const { at } of young) {
    const end = lowerBound(at, to);
    for (let index = lowerBound(at, from); index < end; index++) {
      const instant = at[index] ?? 0;
      const unit = Math.floor((instant - from) / unitMs);
      const known = touched.get(unit);
      const [first, last] = [Math.min(known?.from ?? instant, instant), Math.max(known?.to ?? 0, instant + 1)];
      touched.set(unit, { from: first, to: last });
    }
  }
  const pieces: Piece[] = [];
  const add = (kind: Piece["kind"], start: number, end: number) => {
    if (start < end) pieces.push({ kind, from: start, to: end });
  };
  let start = from;
  for (const { first, last } of joinUnits([...touched.keys()].sort((a, b) => a - b))) {
    const units = { from: from + first * unitMs, to: Math.min(to, from + (last + 1) * unitMs) };
    const raw = unitMs < LEAST_SPLIT_MS ? units : within(units, touched.get(first)?.from, touched.get(last)?.to);
    add("whole", start, units.from);
    add("rest", units.from, raw.from);
    add("raw", raw.from, raw.to);
    add("rest", raw.to, units.to);
    start = units.to;
  }
  const whole = Math.max(start, from + floorTo(to - from, unitMs));
  add("whole", start, whole);
  add("rest", whole, to);
  return pieces;
}

/** Where a window may be cut, so that what lies before is asked for in few questions. */
export const edgeOf = (unitMs: number): number => (unitMs < LEAST_SPLIT_MS ? unitMs : EDGE_MS);

/** To the minute, so that the same is asked for again soon. */
function within(units: Window, first = units.from, last = units.to): Window {
  return { from: Math.max(units.from, floorTo(first, EDGE_MS)), to: Math.min(units.to, ceilTo(last, EDGE_MS)) };
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
