/** Time as a dependency: tests hand in their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once; the answer cancels. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
