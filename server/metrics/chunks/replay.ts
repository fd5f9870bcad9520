import type { Batch } from "./codec/batch";
import { rawFromOf } from "./own-reach";
import type { Reach } from "./reach";
import type { SeriesState, SeriesStates } from "./series-state";

/** What is in memory of all series. */
export interface Heads {
  readonly states: SeriesStates;
  readonly reach: Reach;
}

/**
 * Puts the samples of a batch of the log into heads, but for those that are in chunks already, or gone.
 * @param skips series that are forgotten
 * @returns the series that got one
 */
export function replayBatch(
  { states, reach }: Heads,
  { id, series, at, value }: Batch & { readonly id: number },
  { now, skips = () => false }: { now: number; skips?: (series: number) => boolean },
): Set<SeriesState> {
  const grown = new Set<SeriesState>();
  for (let index = 0; index < series.length; index++) {
    const one = series[index] ?? 0;
    if (skips(one)) continue;
    const state = states.get(one) ?? addState(states, one);
    const instant = at[index] ?? 0;
    if (state.sealed.batch >= id || instant < rawFromOf(state, reach)) continue;
    // Batches may come in another order than their numbers, when they come from elsewhere.
    const { head } = state;
    if (head.count === 0) {
      head.batch = id;
      head.since = now;
    } else head.batch = Math.min(head.batch, id);
    if (state.add(instant, value[index] ?? 0)) grown.add(state);
  }
  return grown;
}

export const addState = (states: SeriesStates, series: number): SeriesState => states.begin(series);
