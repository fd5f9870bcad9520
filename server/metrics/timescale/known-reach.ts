import type { SqlEngine } from "../../db/sql-engine";
import type { TierStarts } from "../store";
import { loadState, type State } from "./reach";

/** How far the tiers reach, as far as this process knows: what it learns only ever moves on. */
export interface KnownReach {
  starts(): TierStarts;
  /** Up to the newest rollup, begun or ended. Late samples may have lowered the watermark in the database since. */
  rolledTo(): number;
  see(starts: TierStarts): void;
  /** Before a rollup begins: a sample that comes in from now on may be in what is being rolled up. */
  rollTo(at: number): void;
  /** What the database says. */
  look(): Promise<State>;
}

export function createKnownReach(engine: SqlEngine, opened: State): KnownReach {
  let { rawFrom, hourlyFrom, dailyFrom, watermark } = opened;

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
    rolledTo: () => watermark,
    see,
    rollTo,
    async look() {
      const state = await loadState(engine);
      see(state);
      rollTo(state.watermark);
      return state;
    },
  };
}
