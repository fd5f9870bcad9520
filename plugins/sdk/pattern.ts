import type { Step } from "./pattern-parts";
import { readPattern } from "./read-pattern";

export interface Pattern {
  readonly steps: readonly Step[];
  readonly start: number;
  readonly ignoreCase: boolean;
  /** The name of its one named group `(?<name>...)`, for `capturePattern`. */
  readonly groupName: string | undefined;
}

/** Bounds the work for each character of a text; a pattern is a few words. */
const MAX_STEPS = 256;
const MAX_SOURCE = 200;

/**
 * Reads a regular expression of the plain kind, for `findPattern`, which never takes longer than the text is long: the
 * language's own engine can be held for hours by a hostile text. No look-around and no back references,
 * and at most one group with a name.
 *
 * @param flags of i, m and s
 * @throws Error that says what is wrong
 */
export function parsePattern(source: string, flags: string): Pattern {
  if (source.length > MAX_SOURCE) throw new Error(`is longer than ${MAX_SOURCE} characters`);
  if (!/^[ims]*$/.test(flags)) throw new Error(`has flags other than i, m and s: ${flags.slice(0, 10)}`);
  const { part, groupName } = readPattern(source, flags);
  const steps: Step[] = [];
  const add = (step: Step) => {
    if (steps.length >= MAX_STEPS) throw new Error("is too large: repeat fewer things fewer times");
    return steps.push(step) - 1;
  };
  return { start: part(add, add({ type: "match" })), steps, ignoreCase: flags.includes("i"), groupName };
}
