import type { MetricStore } from "./store";

/** One store after another, under one name. */
export interface HandedStore {
  readonly store: MetricStore;
  /** From now on everything goes to `next`; the former one makes durable what it has, and is closed. */
  hand(next: MetricStore): Promise<void>;
}

export function createHandedStore(first: MetricStore): HandedStore {
  let current = first;
  // Of nothing: a proxy of the first would keep that one, with all that it has in memory.
  const nothing = {} as MetricStore;
  return {
    // Whatever a store can do is asked of the one that there is now.
    store: new Proxy(nothing, { get: (_, name) => Reflect.get(current, name) }),
    async hand(next) {
      const former = current;
      current = next;
      await former.close();
    },
  };
}
