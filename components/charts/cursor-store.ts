import { useSyncExternalStore } from "react";

/** Where the crosshair stands on one chart. Apart from the chart's state, because it moves sixty times a second. */
export interface Cursor {
  /** The bucket under it. */
  readonly index: number;
  /** Pixels from the plot's left edge. */
  readonly left: number;
  /** The same as a share of the plot's width. */
  readonly share: number;
  /** True on the chart that the pointer is over, false on those that follow it. */
  readonly own: boolean;
}

export interface CursorStore {
  get(): Cursor | null;
  set(cursor: Cursor | null): void;
  subscribe(listener: () => void): () => void;
}

export function createCursorStore(): CursorStore {
  const listeners = new Set<() => void>();
  let current: Cursor | null = null;
  return {
    get: () => current,
    set(cursor) {
      if (current === cursor || (current && cursor && same(current, cursor))) return;
      current = cursor;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const same = (a: Cursor, b: Cursor) => a.index === b.index && a.left === b.left && a.own === b.own;
const nowhere = () => null;

export const useCursor = (store: CursorStore): Cursor | null =>
  useSyncExternalStore(store.subscribe, store.get, nowhere);
/** Redraws only when the bucket changes. */
export const useCursorIndex = (store: CursorStore): number | null =>
  useSyncExternalStore(store.subscribe, () => store.get()?.index ?? null, nowhere);
