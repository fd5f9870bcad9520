import { mergeSamples, NO_SAMPLES } from "../chunks/merge-samples";
import { addBuckets, addSamples, createSums, type Sums } from "../chunks/sums";
import { ceilTo, type Grid, HOUR_MS } from "../grid";
import type { Heads } from "../recent/heads";
import type { KnownBuckets } from "../recent/known-buckets";
import { readSamples, type Window } from "./read-raw";
import { addAverages, addFigures } from "./read-rolled";
import type { Server } from "./server";
import { edgeOf, type Piece, splitWindow } from "./split-window";
import type { Young } from "./young";

/** Shorter buckets are added up here, from exact samples: there are hardly fewer of them. */
const LEAST_ROLLED_MS = 60_000;
/** Of one window, up to here everything is read. */
const RAW_WINDOW_MS = 6 * HOUR_MS;

/** What the server has, and what of it is in memory. */
export interface Held {
  readonly server: Server;
  /** What the server may not show yet. */
  readonly young: Young;
  /** Null where memory does not have everything: others write, too. */
  recent(): { readonly heads: Heads; readonly buckets: KnownBuckets } | null;
}
type SumsOf = ReadonlyMap<number, Sums>;
/** Adds a piece of a window that the server adds up, to the sums of some series. */
type Ask = (sums: SumsOf, piece: Piece) => Promise<void>;

/** Every bucket of a grid, for every series asked for. */
export function readGrid(held: Held, series: readonly number[], grid: Grid): Promise<Map<number, Sums>> {
  const { from, stepMs, length } = grid;
  const window = { from, to: from + length * stepMs };
  if (stepMs < LEAST_ROLLED_MS) return readSums(held, series, { grid, window, unitMs: 1 });
  const { server } = held;
  const buckets = held.recent()?.buckets;
  return readSums(held, series, {
    grid,
    window,
    unitMs: stepMs,
    async ask(sums, piece) {
      if (piece.kind === "rest") return addRest(server, sums, piece);
      const asking = (buckets?.recall(sums, piece) ?? [piece]).map(async ({ from, to }) => {
        const learn = buckets?.expect(sums, { from, to });
        await addAverages(server, sums, { from, to, stepMs });
        learn?.();
      });
      await Promise.all(asking);
    },
  });
}

/** Within a bucket, which has other samples as well: it has to be counted. */
async function addRest(server: Server, sums: SumsOf, { from, to }: Window): Promise<void> {
  const stepMs = to - from;
  const rests = new Map([...sums.keys()].map((id) => [id, createSums({ from, stepMs, length: 1 })]));
  await addFigures(server, rests, { from, to, stepMs });
  for (const [id, rest] of rests) {
    const mine = sums.get(id);
    if (!mine || rest.count[0] === 0) continue;
    addBuckets(mine, { ...rest, at: Float64Array.of(from), last: Float64Array.of(rest.last) }, { from, to });
  }
}

/** One bucket, which is the window. */
export function readWindow(held: Held, series: readonly number[], window: Window): Promise<Map<number, Sums>> {
  const lengthMs = window.to - window.from;
  const grid = { from: window.from, stepMs: lengthMs, length: 1 };
  if (lengthMs <= RAW_WINDOW_MS) return readSums(held, series, { grid, window, unitMs: 1 });
  // Each piece is one bucket.
  const ask: Ask = (sums, { from, to }) => addFigures(held.server, sums, { from, to, stepMs: to - from });
  return readSums(held, series, { grid, window, unitMs: HOUR_MS, ask });
}

interface Question {
  readonly grid: Grid;
  readonly window: Window;
  /** The server adds up whole ones of these, counted from where the window begins; what is young is added up here. */
  readonly unitMs: number;
  /** Without it everything is added up here. */
  readonly ask?: Ask;
}

/** From where on they are in memory, the newest samples come from there; the server is asked once for all series that want more. */
async function readSums(
  { server, young, recent }: Held,
  series: readonly number[],
  { grid, window, unitMs, ask }: Question,
): Promise<Map<number, Sums>> {
  const sums = new Map(series.map((id) => [id, createSums(grid)]));
  const heads = recent()?.heads;
  const sinceOf = (id: number) => heads?.sinceOf(id) ?? Number.POSITIVE_INFINITY;
  const far = new Map([...sums].filter(([id]) => sinceOf(id) > window.from));
  const since = [...far.keys()].reduce((most, id) => Math.max(most, sinceOf(id)), window.from);
  const to =
    since < window.to ? Math.min(window.to, window.from + ceilTo(since - window.from, edgeOf(unitMs))) : window.to;
  for (const [id, mine] of sums) heads?.addTo(id, mine, { from: far.has(id) ? to : window.from, to: window.to });
  if (far.size === 0) return sums;
  // As it is now: what comes in while the server is asked is seen by the next question.
  const before = new Map([...far.keys()].map((id) => [id, joinYoung(young, id)]));
  const rest = { from: window.from, to };
  const pieces = ask ? splitWindow(rest, unitMs, [...before.values()]) : [{ ...rest, kind: "raw" as const }];
  await Promise.all(
    pieces.map(async (piece) => {
      if (ask && piece.kind !== "raw") return ask(far, piece);
      const there = await readSamples(server, [...far.keys()], piece);
      for (const [id, mine] of far)
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
