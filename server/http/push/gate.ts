/** Pushes that are read, decompressed and decoded at a time: each may take some ten megabytes meanwhile. */
const AT_ONCE = 4;
/** Prometheus sends by up to 50 connections. Who would have to wait behind more comes again later. */
const MOST_WAITING = 100;

/** Lets some through at a time, in the order they came. */
export function createGate() {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    /** @returns undefined when too many wait; else what it does, when it is its turn */
    enter<T>(work: () => Promise<T>): Promise<T> | undefined {
      if (inside >= AT_ONCE && waiting.length >= MOST_WAITING) return undefined;
      return pass(work);
    },
  };

  async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= AT_ONCE) await new Promise<void>((turn) => waiting.push(turn));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Its place goes to the next one.
      if (next) next();
      else inside -= 1;
    }
  }
}
