"use client";

import { useSyncExternalStore } from "react";

/**
 * One clock for all relative times of a tab: a timer for each would wake the page a hundred times a second. It stops with its
 * last listener.
 */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;
/** How far the server's clock is ahead of this one. */
let ahead = 0;
/** Nothing on a page needs to be exacter. */
const TICK_MS = 5_000;
/** Less is the time that a message takes. */
const TOLERATED_MS = 2_000;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = serverNow();
    timer = setInterval(tick, TICK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  now = serverNow();
  for (const each of listeners) each();
}

/** What the server would take for now. Epoch milliseconds. */
export const serverNow = (): number => Date.now() + ahead;

/**
 * Relative times and staleness follow the server's clock, which stamped the samples: on a machine whose clock is wrong,
 * everything would be old or in the future. @param at the instant that a message that just came was sent. Epoch milliseconds
 */
export function followServerClock(at: number): void {
  const found = at - Date.now();
  const before = ahead;
  ahead = Math.abs(found) > TOLERATED_MS ? found : 0;
  if (Math.abs(ahead - before) > TOLERATED_MS) tick();
}

/** @param rendered what the server took for now, so that both sides say the same first. Epoch milliseconds. */
export const useNow = (rendered: number): number => useClock(rendered, (at) => at);

/**
 * What `read` makes of now. The component renders again only when that changes, not at every tick.
 * @param read returns a text, a number or a boolean
 */
export function useClock<T extends string | number | boolean>(rendered: number, read: (now: number) => T): T {
  return useSyncExternalStore(
    subscribe,
    // A server ahead of this clock must not make "2 s ago" out of what just came.
    () => read(Math.max(now, rendered)),
    () => read(rendered),
  );
}
