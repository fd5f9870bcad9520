import { floorTo, type Grid, HOUR_MS } from "../grid";
import { DAILY, RAW, type Source, sourcesOfGrid, sourcesOfWindow } from "../sources";
import { createBreath } from "./breathe";
import { decodeBuckets } from "./codec/buckets";
import { commonReach, rawFromOf } from "./own-reach";
import type { Parts } from "./parts";
import type { Reach } from "./reach";
import { addRaw, slices, type Wanted } from "./read-raw";
import { readRollups } from "./rollup-table";
import type { SeriesState } from "./series-state";
import { addBuckets, createSums, type Sums } from "./sums";

/** A row has up to 6 KB: a few megabytes a query. */
const ROWS_PER_QUERY = 500;
/** Retention moves on once a night. */
const MOST_TRIES = 3;

/** Every bucket of a grid. The answer has the series that are known. */
export function readGrid(parts: Parts, series: readonly number[], grid: Grid): Promise<Map<number, Sums>> {
  const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
  return readSums(parts, series, { grid, plan: (reach) => sourcesOfGrid(window, grid.stepMs, reach) });
}

/** One bucket, which is the window. Where raw samples are gone, its edges are whole hours or days. */
export function readWindow(
  parts: Parts,
  series: readonly number[],
  window: { from: number; to: number },
): Promise<Map<number, Sums>> {
  const sources = sourcesOfWindow(window, commonReach(parts, series));
  const from = Math.min(window.from, ...sources.map((source) => source.from));
  const to = Math.max(window.to, ...sources.map((source) => source.to));
  const grid = { from, stepMs: Math.max(1, to - from), length: 1 };
  return readSums(parts, series, { grid, plan: (reach) => sourcesOfWindow(window, reach) });
}

interface Question {
  readonly grid: Grid;
  plan(reach: Reach): Source[];
}

async function readSums(
  parts: Parts,
  series: readonly number[],
  question: Question,
  tries = 0,
): Promise<Map<number, Sums>> {
  const { reach, states } = parts;
  const common = commonReach(parts, series);
  const wanted = series.flatMap((id): Wanted[] => {
    const state = states.get(id);
    return state ? [{ state, sums: createSums(question.grid) }] : [];
  });
  const breath = createBreath();
  const work: Promise<void>[] = [];
  for (const [watermark, group] of groupByWatermark(wanted, reach)) {
    for (const source of question.plan({ ...common, watermark })) {
      const { tierSeconds, from, to } = source;
      if (tierSeconds === RAW)
        work.push(addRaw(parts, group, { from, to, oneBucket: question.grid.length === 1, breath }));
      else work.push(addRollups(parts, group, source, breath));
    }
  }
  await Promise.all(work);
  // Raw samples that were asked for may have been deleted meanwhile.
  if (commonReach(parts, series).rawFrom !== common.rawFrom && tries < MOST_TRIES)
    return readSums(parts, series, question, tries + 1);
  return new Map(wanted.map(({ state, sums }) => [state.series, sums]));
}

/** Series with late samples in memory are read raw from there on: what is rolled up does not have them yet. */
function groupByWatermark(wanted: readonly Wanted[], reach: Reach): Map<number, Wanted[]> {
  const groups = new Map<number, Wanted[]>();
  for (const one of wanted) {
    const watermark = watermarkOf(one.state, reach);
    const group = groups.get(watermark);
    if (group) group.push(one);
    else groups.set(watermark, [one]);
  }
  return groups;
}

function watermarkOf(state: SeriesState, reach: Reach): number {
  const first = state.firstUnsealedAt();
  return first < reach.watermark ? Math.max(rawFromOf(state, reach), floorTo(first, HOUR_MS)) : reach.watermark;
}

async function addRollups(
  { engine, reach }: Parts,
  wanted: readonly Wanted[],
  { tierSeconds: tier, from, to }: Source,
  breath: () => Promise<void> | undefined,
): Promise<void> {
  // Rows are deleted whole; what they have from before is gone all the same.
  const window = { from: tier === DAILY ? Math.max(from, reach.dailyFrom) : from, to };
  if (window.from >= to) return;
  const sums = new Map(wanted.map((one) => [one.state.series, one.sums]));
  const perQuery = Math.max(1, Math.floor(ROWS_PER_QUERY / (1 + (to - from) / (tier * 720_000))));
  const queries = slices([...sums.keys()], perQuery).map(async (ids) => {
    for (const { series, data } of await readRollups(engine, ids, { tier, ...window })) {
      const mine = sums.get(series);
      if (mine) addBuckets(mine, decodeBuckets(data), window);
      await breath();
    }
  });
  await Promise.all(queries);
}
