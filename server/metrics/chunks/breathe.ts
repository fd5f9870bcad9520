import { setImmediate as nextTurn } from "node:timers/promises";

/** Long work in pieces, so that requests, timers and live messages come in between. */
const PIECE_MS = 3;

/** Called between pieces: it lets others run once this work has had its time. */
export type Breath = () => Promise<void> | undefined;

export function createBreath(): Breath {
  let since = performance.now();
  return () => {
    if (performance.now() - since < PIECE_MS) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}
