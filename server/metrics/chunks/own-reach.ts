import type { SqlEngine, Step } from "../../db/sql-engine";
import { floorTo, HOUR_MS } from "../grid";
import type { Reach } from "./reach";
import type { SeriesState } from "./series-state";

/**
 * Series whose raw samples are kept shorter than the others': `SeriesState.rawFrom` says from where on they are. As the reach of
 * the whole store, it changes in memory first, and is stored before anything is deleted.
 */

/** Stands before the number of the series, among what `reach.ts` stores. */
const PREFIX = "raw_from:";

/** Where the raw samples of a series begin. */
export const rawFromOf = (state: SeriesState | undefined, reach: Reach): number =>
  Math.max(state?.rawFrom ?? 0, reach.rawFrom);

/** How far all of these series reach: an answer has one step, so the shortest decides. */
export function commonReach(
  { states, reach }: { states: ReadonlyMap<number, SeriesState>; reach: Reach },
  series: readonly number[],
): Reach {
  let { rawFrom } = reach;
  for (const id of series) rawFrom = Math.max(rawFrom, rawFromOf(states.get(id), reach));
  return { ...reach, rawFrom };
}

/** Where single series begin from now on. @returns the steps that store it */
export function limitSeries(
  states: ReadonlyMap<number, SeriesState>,
  { reach, now, shorter }: { reach: Reach; now: number; shorter: ReadonlyMap<number, number> },
): Step[] {
  const stored: [string, number][] = [];
  const outrun: string[] = [];
  for (const state of states.values()) {
    const rawMs = shorter.get(state.series);
    const rawFrom = rawMs === undefined ? 0 : floorTo(Math.min(now - rawMs, reach.watermark), HOUR_MS);
    state.rawFrom = Math.max(state.rawFrom, rawFrom);
    if (state.rawFrom > reach.rawFrom) {
      // Also where it is not new: the last time may have failed before it was stored.
      stored.push([PREFIX + state.series, state.rawFrom]);
    } else if (state.rawFrom > 0) {
      // It is kept as long as the others again, and they have come as far.
      state.rawFrom = 0;
      outrun.push(PREFIX + state.series);
    }
  }
  return [...storeOwnStarts(stored), ...dropOwnStarts(outrun)];
}

/** Of those that begin later than all others. */
export function ownStartsOf(states: ReadonlyMap<number, SeriesState>, reach: Reach): Map<number, number> {
  const starts = new Map<number, number>();
  for (const { series, rawFrom } of states.values()) if (rawFrom > reach.rawFrom) starts.set(series, rawFrom);
  return starts;
}

/** Single series begin no earlier than this, where that is rolled up. @returns the steps that store it */
export function raiseOwnStarts(
  states: ReadonlyMap<number, SeriesState>,
  { reach, own }: { reach: Reach; own: ReadonlyMap<number, number> },
): Step[] {
  const stored: [string, number][] = [];
  for (const [series, start] of own) {
    const state = states.get(series);
    if (!state) continue;
    state.rawFrom = Math.max(state.rawFrom, floorTo(Math.min(start, reach.watermark), HOUR_MS));
    if (state.rawFrom > reach.rawFrom) stored.push([PREFIX + series, state.rawFrom]);
  }
  return storeOwnStarts(stored);
}

const storeOwnStarts = (rows: readonly [string, number][]): Step[] =>
  rows.length === 0
    ? []
    : [{ into: "plugin_metrics_state", columns: ["key", "value"], rows, conflict: { key: ["key"], keep: "new" } }];

/** A statement has so many at most. */
const KEYS_PER_STATEMENT = 100;

function dropOwnStarts(keys: readonly string[]): Step[] {
  const steps: Step[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_STATEMENT) {
    const params = keys.slice(start, start + KEYS_PER_STATEMENT);
    // Quoted: the name is a word of its own on MySQL.
    steps.push({ sql: `delete from plugin_metrics_state where "key" in (${params.map(() => "?")})`, params });
  }
  return steps;
}

export const forgetOwnStarts = (series: readonly number[]): Step[] => dropOwnStarts(series.map((id) => PREFIX + id));

/** By series. */
export async function readOwnStarts(engine: SqlEngine): Promise<Map<number, number>> {
  // Both columns: the name of the first is a word of its own on MySQL.
  const rows = await engine.query("select * from plugin_metrics_state");
  return new Map(
    rows.flatMap(([key, value]) => {
      const name = String(key);
      return name.startsWith(PREFIX) ? [[Number(name.slice(PREFIX.length)), Number(value)] as const] : [];
    }),
  );
}
