import { mergeSamples, NO_SAMPLES } from "../chunks/merge-samples";
import { addSamples, createSums, type Sums } from "../chunks/sums";
import { type Grid, HOUR_MS } from "../grid";
import { readSamples, type Window } from "./read-raw";
import { addRolled } from "./read-rolled";
import type { Server } from "./server";
import { splitWindow } from "./split-window";
import type { Young } from "./young";

/** Shorter buckets are added up here, from exact samples: there are hardly fewer of them. */
const LEAST_ROLLED_MS = 60_000;
/** Of one window, up to here everything is read. */
const RAW_WINDOW_MS = 6 * HOUR_MS;

interface Held {
  readonly server: Server;
  readonly young: Young;
}

/** Every bucket of a grid, for every series asked for. */
export function readGrid(held: Held, series: readonly number[], grid: Grid): Promise<Map<number, Sums>> {
  const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
  const unitMs = grid.stepMs < LEAST_ROLLED_MS ? window.to - window.from : grid.stepMs;
  return readSums(held, series, { grid, window, unitMs, raw: grid.stepMs < LEAST_ROLLED_MS });
}

/** One bucket, which is the window. */
export function readWindow(held: Held, series: readonly number[], window: Window): Promise<Map<number, Sums>> {
  const lengthMs = window.to - window.from;
  const grid = { from: window.from, stepMs: lengthMs, length: 1 };
  return readSums(held, series, { grid, window, unitMs: HOUR_MS, raw: lengthMs <= RAW_WINDOW_MS });
}

async function readSums(
  { server, young }: Held,
  series: readonly number[],
  { grid, window, unitMs, raw }: { grid: Grid; window: Window; unitMs: number; raw: boolean },
): Promise<Map<number, Sums>> {
  const sums = new Map(series.map((id) => [id, createSums(grid)]));
  if (series.length === 0) return sums;
  // As it is now: what comes in while the server is asked is seen by the next question.
  const before = new Map(series.map((id) => [id, joinYoung(young, id)]));
  const pieces = raw ? [{ ...window, raw }] : splitWindow(window, unitMs, [...before.values()]);
  await Promise.all(
    pieces.map(async (piece) => {
      if (!piece.raw) {
        // A window's piece is one bucket, a grid's has buckets of the grid.
        const stepMs = grid.length === 1 ? piece.to - piece.from : grid.stepMs;
        return addRolled(server, sums, { from: piece.from, to: piece.to, stepMs });
      }
      const there = await readSamples(server, series, piece);
      for (const [id, mine] of sums)
        addSamples(mine, mergeSamples(there.get(id) ?? NO_SAMPLES, before.get(id) ?? NO_SAMPLES), piece);
    }),
  );
  return sums;
}

/** Of its own memory: it goes on changing. */
export function joinYoung(young: Young, series: number) {
  const { at, value } = young.of(series).reduce(mergeSamples, NO_SAMPLES);
  return { at: at.slice(), value: value.slice() };
}
