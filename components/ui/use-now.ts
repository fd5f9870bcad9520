"use client";

import { useSyncExternalStore } from "react";

/**
 * One clock for all relative times of a tab: a timer for each would wake the page a hundred times a second. It stops with its
 * last listener.
 */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;
/** Nothing on a page needs to be exacter. */
const TICK_MS = 5_000;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, TICK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** @param rendered what the server took for now, so that both sides say the same first. Epoch milliseconds. */
export function useNow(rendered: number): number {
  const ticking = useSyncExternalStore(
    subscribe,
    () => now,
    () => 0,
  );
  // A server ahead of this clock must not make "2 s ago" out of what just came.
  return Math.max(ticking, rendered);
}
