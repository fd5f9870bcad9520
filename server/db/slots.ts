/** A few places that are used by one at a time, first come, first served. */
export interface Slots<T> {
  /** Waits for a free place. @throws what `signal` says when it is told that nobody waits any more */
  take(signal: AbortSignal): Promise<T>;
  give(place: T): void;
  /** Once nobody is in them. */
  allFree(): Promise<void>;
}

export function createSlots<T>(places: readonly T[]): Slots<T> {
  const free = [...places];
  const waiting = new Set<(place: T) => void>();
  const emptied = new Set<() => void>();

  return {
    take(signal) {
      const place = free.pop();
      if (place !== undefined) return Promise.resolve(place);
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(enter);
          reject(signal.reason);
        };
        const enter = (given: T) => {
          signal.removeEventListener("abort", leave);
          resolve(given);
        };
        waiting.add(enter);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
    give(place) {
      const [next] = waiting;
      if (next) {
        waiting.delete(next);
        next(place);
        return;
      }
      free.push(place);
      if (free.length === places.length) for (const tell of emptied) tell();
    },
    async allFree() {
      if (free.length < places.length) await new Promise<void>((resolve) => emptied.add(resolve));
    },
  };
}
