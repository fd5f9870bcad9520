import type { SqlEngine } from "../../db/sql-engine";
import type { Rollups, TierStarts } from "../store";
import type { Bounds, OwnStarts } from "./own-starts";
import { loadState, type State } from "./reach";

/** How far the tiers reach, as far as this process knows: what it learns only ever moves on. */
export interface KnownReach {
  starts(): TierStarts;
  /** Those of single series that are later. */
  ownStarts(): OwnStarts;
  rawFromOf(series: number): number;
  forget(series: readonly number[]): void;
  /** All there is, where nobody else writes. */
  bounds(): Bounds;
  /** Up to the newest rollup, begun or ended. Late samples may have lowered the watermark in the database since. */
  rolledTo(): number;
  see(starts: TierStarts): void;
  /** Before a rollup begins: a sample that comes in from now on may be in what is being rolled up. */
  rollTo(at: number): void;
  /** From here on rollups are of raw samples that are here, and of nothing that another store rolled up. */
  ownFrom(): number;
  /** Rollups of another store come in. */
  bring(rollups: readonly Rollups[]): void;
  /** What the database says. */
  look(): Promise<State>;
}

export function createKnownReach(engine: SqlEngine, opened: State): KnownReach {
  let { rawFrom, hourlyFrom, dailyFrom, watermark } = opened;
  let own = new Map(opened.own);
  // Nobody knows where those came from that are there already.
  let ownFrom = opened.watermark;

  function see(starts: TierStarts): void {
    rawFrom = Math.max(rawFrom, starts.rawFrom);
    hourlyFrom = Math.max(hourlyFrom, starts.hourlyFrom);
    dailyFrom = Math.max(dailyFrom, starts.dailyFrom);
  }
  function rollTo(at: number): void {
    watermark = Math.max(watermark, at);
  }

  return {
    starts: () => ({ rawFrom, hourlyFrom, dailyFrom }),
    ownStarts: () => new Map([...own].filter(([, start]) => start > rawFrom)),
    rawFromOf: (series) => Math.max(rawFrom, own.get(series) ?? 0),
    forget(series) {
      for (const id of series) own.delete(id);
    },
    bounds: () => ({ rawFrom, hourlyFrom, dailyFrom, watermark, own }),
    rolledTo: () => watermark,
    see,
    rollTo,
    ownFrom: () => ownFrom,
    bring(rollups) {
      for (const { at, tierSeconds } of rollups) ownFrom = Math.max(ownFrom, (at.at(-1) ?? 0) + tierSeconds * 1_000);
    },
    async look() {
      const state = await loadState(engine);
      see(state);
      own = new Map(state.own);
      rollTo(state.watermark);
      return state;
    },
  };
}
