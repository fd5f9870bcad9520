import type { Phase, Standing } from "./shapes/alert";

/**
 * The life of one alert, without a clock, a store or a series: `step` is handed what is so now and says what becomes of it.
 *
 * ```
 *              holds            held long enough
 *   inactive ---------> pending ----------------> firing ------> resolved
 *      ^                   |                        ^ holds again   |
 *      '---- over ---------'                        '--- pending <--'
 * ```
 *
 * Nothing measured (`no_data`) and nothing that could be measured (`error`) are states of their own: whoever is in them neither fires nor
 * is well. What fires goes on firing through both, unless the rule says otherwise: that nobody can look is no good news.
 */

export interface Timing {
  readonly forMs: number;
  readonly keepFiringMs: number;
  /** More than this between two inputs counts as this: nobody knows what was so while a machine slept. */
  readonly maxStepMs: number;
  readonly whenGone: "resolve" | "keep" | "fire";
}

export type Input =
  /** Measured: the condition holds or not. */
  | { readonly kind: "value"; readonly holds: boolean }
  /** Its series ended, while the instance answers. */
  | { readonly kind: "no_data" }
  /** The instance fails. */
  | { readonly kind: "error" };

/** An input that is not newer is late or doubled, and ignored; one that is so much older means that the clock was set back. */
export const CLOCK_SET_BACK_MS = 60_000;

const NOT_OVER = -1;

/** Its condition held when it was last looked at. */
export const isHolding = ({ phase, heldMs }: Standing) =>
  phase === "pending" || (phase === "firing" && heldMs === NOT_OVER);

/** Pending or firing. */
export const isOpen = ({ phase }: Pick<Standing, "phase">) => phase === "pending" || phase === "firing";

export const unborn = (at: number): Standing => ({
  phase: "inactive",
  since: at,
  at: Number.NEGATIVE_INFINITY,
  heldMs: 0,
});

/** Pure. The answer is `last` itself when the input is to be ignored; its phase is another one when something happened. */
export function step(timing: Timing, last: Standing, input: Input, at: number): Standing {
  const elapsed = at - last.at;
  if (elapsed <= 0 && elapsed > -CLOCK_SET_BACK_MS) return last;
  // The very first has nothing before it; after a clock was set back nobody knows how long it was.
  const passed = Number.isFinite(elapsed) ? Math.min(Math.max(elapsed, 0), timing.maxStepMs) : 0;
  const next = nextPhase(timing, last, input, passed);
  if (typeof next === "number") return { ...last, at, heldMs: next };
  return { phase: next, since: at, at, heldMs: next === "firing" ? NOT_OVER : 0 };
}

/** The phase that it comes into; or, where it stays in its own, for how long it has held or been over. */
function nextPhase(timing: Timing, last: Standing, input: Input, passed: number): Phase | number {
  if (input.kind === "error") return last.phase === "firing" || last.phase === "error" ? last.heldMs : "error";
  if (input.kind === "no_data") return whenGone(timing, last);
  if (last.phase === "firing") return whileFiring(timing, last, input.holds, passed);
  if (last.phase === "pending") return whilePending(timing, last, input.holds, passed);
  if (input.holds) return timing.forMs === 0 ? "firing" : "pending";
  return last.phase === "inactive" || last.phase === "resolved" ? 0 : "inactive";
}

function whenGone(timing: Timing, last: Standing): Phase | number {
  if (last.phase === "firing") return timing.whenGone === "resolve" ? "resolved" : last.heldMs;
  if (timing.whenGone === "fire") return "firing";
  return last.phase === "no_data" ? 0 : "no_data";
}

function whileFiring(timing: Timing, last: Standing, holds: boolean, passed: number): Phase | number {
  if (holds) return NOT_OVER;
  const overMs = last.heldMs === NOT_OVER ? 0 : last.heldMs + passed;
  return overMs >= timing.keepFiringMs ? "resolved" : overMs;
}

function whilePending(timing: Timing, last: Standing, holds: boolean, passed: number): Phase | number {
  if (!holds) return "inactive";
  const heldMs = last.heldMs + passed;
  return heldMs >= timing.forMs ? "firing" : heldMs;
}
