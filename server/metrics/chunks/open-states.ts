import type { SqlEngine } from "../../db/sql-engine";
import { createBreath } from "./breathe";
import { decodeBatch } from "./codec/batch";
import { rawFromOf, readOwnStarts } from "./own-reach";
import type { Reach } from "./reach";
import { addState, replayBatch } from "./replay";
import { FORGOTTEN, type Sealed, type SeriesState, SeriesStates } from "./series-state";
import { type BatchRow, LOG, readBatches, readSealed } from "./tables";

export interface Opened {
  readonly states: SeriesStates;
  /** The last batch of the log. */
  readonly lastId: number;
}

/**
 * What was known when it ended: what is in chunks, and in memory again what was not yet.
 * @param leads this process alone changes chunks; else what waits beside the log is seen, too
 */
export async function openStates(
  engine: SqlEngine,
  { reach, now, leads }: { reach: Reach; now: number; leads: boolean },
): Promise<Opened> {
  const states = new SeriesStates();
  const forgotten = new Map<number, Sealed>();
  let newestId = 0;
  const starts = await readOwnStarts(engine);
  for (const [series, rawFrom] of starts) addState(states, series).rawFrom = rawFrom;
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
  for await (const row of readBatches(engine)) {
    if (row.writer === LOG) replayLogged(row);
    // Beside the log they have numbers of their own, and the one that leads takes them in afterwards.
    else if (!leads)
      replayBatch({ states, reach }, { id: Number.POSITIVE_INFINITY, ...decodeBatch(row.data) }, { now });
    await breath();
  }
  if (leads) {
    await dropForgotten(
      engine,
      [...forgotten].filter(([, { batch }]) => batch < oldestId).map(([series]) => series),
    );
  } else {
    // Whoever owns it may have sealed the first samples of a series between our two questions.
    for (const [series, { chunkSamples }] of await readSealed(engine)) if (chunkSamples !== FORGOTTEN) stateOf(series);
  }
  return { states, lastId: newestId };

  function replayLogged({ id, data }: BatchRow): void {
    oldestId = Math.min(oldestId, id);
    newestId = Math.max(newestId, id);
    const skips = (series: number) => (forgotten.get(series)?.batch ?? 0) >= id;
    replayBatch({ states, reach }, { id, ...decodeBatch(data) }, { now, skips });
  }

  function stateOf(series: number): SeriesState {
    return states.get(series) ?? addState(states, series);
  }
}

async function dropForgotten(engine: SqlEngine, series: readonly number[]): Promise<void> {
  if (series.length === 0) return;
  await engine.transaction(
    series.map((id) => ({ sql: "delete from plugin_metrics_head where series = ?", params: [id] })),
  );
}
