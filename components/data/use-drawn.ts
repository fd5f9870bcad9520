"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * What the server drew, until the browser has taken the page over; then what the cache has. A live message may reach the cache
 * while the page is being taken over piece by piece, and React would throw away what does not fit its HTML.
 */
export function useDrawn<T>(drawn: T | undefined, cached: T | undefined): T | undefined {
  const taken = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return taken ? cached : (drawn ?? cached);
}
