import type { SqlEngine } from "../../db/sql-engine";
import { createSums, type Sums, toRangeSeries, toSummary } from "../chunks/sums";
import { chooseGrid, type Grid } from "../grid";
import { finestStep, RAW, type Source, sourcesOfGrid, sourcesOfWindow } from "../sources";
import type { MetricStore, Range, RangeQuery, WindowSummary } from "../store";
import type { KnownReach } from "./known-reach";
import type { Memory } from "./memory";
import { type Bounds, commonReach } from "./own-starts";
import type { State } from "./reach";
import { addGrid, readWindow } from "./read";

/** Retention moves on once a night. */
const MOST_TRIES = 3;
type WindowQuery = Parameters<MetricStore["window"]>[0];

/** What is asked of raw samples and rollups: answered from memory where everything of it lies there, else by the database. */
export interface Questions {
  range(query: RangeQuery): Promise<Range>;
  window(query: WindowQuery): Promise<WindowSummary[]>;
  /** Asks the database, with everything accepted before; and again when what was read was dropped meanwhile. */
  read<T>(ask: (state: State) => Promise<T>): Promise<T>;
}

interface Parts {
  readonly engine: SqlEngine;
  readonly known: KnownReach;
  readonly memory: Memory;
  /** Makes durable what waits. */
  settle(): Promise<void>;
}

export function createQuestions({ engine, known, memory, settle }: Parts): Questions {
  async function read<T>(ask: (state: State) => Promise<T>, tries = 0): Promise<T> {
    await settle();
    const state = await known.look();
    const given = await ask(state);
    return state.rawFrom !== known.starts().rawFrom && tries < MOST_TRIES ? read(ask, tries + 1) : given;
  }

  /** Where raw samples are gone, and where other stores brought rollups along, the database knows more than memory. */
  function recall(ids: readonly number[], grid: Grid, sources: readonly Source[]): Map<number, Sums> {
    const isRaw = sources.every(({ tierSeconds }) => tierSeconds === RAW);
    const { rawFrom } = commonReach(known.bounds(), ids);
    const from = isRaw ? rawFrom : Math.max(rawFrom, known.ownFrom());
    return (grid.from >= from && memory.heads()?.read(ids, grid)) || new Map();
  }

  /** From memory as a whole, or with the rest from the database. */
  async function answer(
    ids: readonly number[],
    recalled: (bounds: Bounds) => Map<number, Sums>,
    ask: (rest: readonly number[], state: State) => Promise<Map<number, Sums>>,
  ): Promise<{ sums: Map<number, Sums>; bounds: Bounds; isRaw: boolean }> {
    const now = known.bounds();
    const all = recalled(now);
    if (memory.heads() && all.size === ids.length) return { sums: all, bounds: now, isRaw: true };
    return read(async (state) => {
      const near = recalled(state);
      const far = await ask(
        ids.filter((id) => !near.has(id)),
        state,
      );
      return { sums: new Map([...near, ...far]), bounds: state, isRaw: false };
    });
  }

  /** What was added up before need not be again. To be learned, an answer must have what is no change any more, also where hours are to be rolled up again. */
  async function readKnown(ids: readonly number[], grid: Grid, bounds: Bounds): Promise<Map<number, Sums>> {
    const sums = new Map(ids.map((id) => [id, createSums(grid)]));
    const whole = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
    const buckets = memory.buckets();
    const asking = (buckets?.recall(sums, whole) ?? [whole]).map(async (window) => {
      const learn = buckets?.expect(sums, window);
      if (!learn) return addGrid(engine, sums, { grid, window, bounds });
      await settle();
      await addGrid(engine, sums, { grid, window, bounds: await known.look() });
      learn();
    });
    await Promise.all(asking);
    return sums;
  }

  return {
    read,
    async range({ series, from, to, maxPoints, minStepMs = 1_000 }) {
      const ids = [...new Set(series)];
      const gridOf = (tiers: Bounds) =>
        chooseGrid({
          from,
          to,
          maxPoints,
          minStepMs: Math.max(minStepMs, finestStep(from, commonReach(tiers, ids))),
        });
      const sourcesOf = (grid: Grid, tiers: Bounds) => {
        const window = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
        return sourcesOfGrid(window, grid.stepMs, commonReach(tiers, ids));
      };
      const {
        sums,
        bounds: tiers,
        isRaw,
      } = await answer(
        ids,
        (now) => recall(ids, gridOf(now), sourcesOf(gridOf(now), now)),
        (rest, state) => readKnown(rest, gridOf(state), state),
      );
      const grid = gridOf(tiers);
      const tierSeconds = (isRaw ? undefined : sourcesOf(grid, tiers)[0]?.tierSeconds) ?? RAW;
      const lines = ids.map((id) => toRangeSeries(id, sums.get(id) ?? createSums(grid)));
      return { ...grid, tierSeconds, series: lines };
    },
    async window({ series, from, to }) {
      if (to <= from) return [];
      const ids = [...new Set(series)];
      const grid = { from, stepMs: to - from, length: 1 };
      const { sums } = await answer(
        ids,
        (tiers) => recall(ids, grid, sourcesOfWindow({ from, to }, commonReach(tiers, ids))),
        (rest, state) => readWindow(engine, rest, { from, to }, state),
      );
      return ids.flatMap((id) => {
        const mine = sums.get(id);
        return mine ? toSummary(id, mine) : [];
      });
    },
  };
}
