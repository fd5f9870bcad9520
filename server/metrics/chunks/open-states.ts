import type { SqlEngine } from "../../db/sql-engine";
import { createBreath } from "./breathe";
import { decodeBatch } from "./codec/batch";
import { rawFromOf, readOwnStarts } from "./own-reach";
import type { Reach } from "./reach";
import { FORGOTTEN, type Sealed, SeriesState } from "./series-state";
import { readBatches, readSealed } from "./tables";

export interface Opened {
  readonly states: Map<number, SeriesState>;
  /** The number of the next batch. */
  readonly nextId: number;
}

/** What was known when it ended: what is in chunks, and in memory again what was not yet. */
export async function openStates(
  engine: SqlEngine,
  { reach, now, readOnly }: { reach: Reach; now: number; readOnly: boolean },
): Promise<Opened> {
  const states = new Map<number, SeriesState>();
  const forgotten = new Map<number, Sealed>();
  let newestId = 0;
  const starts = await readOwnStarts(engine);
  for (const [series, sealed] of await readSealed(engine)) {
    newestId = Math.max(newestId, sealed.batch);
    if (sealed.chunkSamples === FORGOTTEN) {
      forgotten.set(series, sealed);
      continue;
    }
    const state = stateOf(series);
    state.sealed = sealed;
    if (sealed.samples > 0 && sealed.lastAt >= rawFromOf(state, reach)) state.see(sealed.lastAt, sealed.lastValue);
  }
  let oldestId = Number.POSITIVE_INFINITY;
  const breath = createBreath();
  for await (const { id, data } of readBatches(engine)) {
    oldestId = Math.min(oldestId, id);
    newestId = Math.max(newestId, id);
    replay(id, data);
    await breath();
  }
  if (readOnly) {
    // Whoever owns it may have sealed the first samples of a series between our two questions.
    for (const [series, { chunkSamples }] of await readSealed(engine)) if (chunkSamples !== FORGOTTEN) stateOf(series);
  } else {
    await dropForgotten(
      engine,
      [...forgotten].filter(([, { batch }]) => batch < oldestId).map(([series]) => series),
    );
  }
  return { states, nextId: newestId + 1 };

  function replay(id: number, data: Uint8Array): void {
    const { series, at, value } = decodeBatch(data);
    for (let index = 0; index < series.length; index++) {
      const one = series[index] ?? 0;
      if ((forgotten.get(one)?.batch ?? 0) >= id) continue;
      const state = stateOf(one);
      const instant = at[index] ?? 0;
      if (state.sealed.batch >= id || instant < rawFromOf(state, reach)) continue;
      if (state.head.count === 0) {
        state.head.batch = id;
        state.head.since = now;
      }
      state.add(instant, value[index] ?? 0);
    }
  }

  function stateOf(series: number): SeriesState {
    const known = states.get(series);
    if (known) return known;
    const state = new SeriesState(series);
    state.rawFrom = starts.get(series) ?? 0;
    states.set(series, state);
    return state;
  }
}

async function dropForgotten(engine: SqlEngine, series: readonly number[]): Promise<void> {
  if (series.length === 0) return;
  await engine.transaction(
    series.map((id) => ({ sql: "delete from plugin_metrics_head where series = ?", params: [id] })),
  );
}
