import type { Latency } from "./store";

/** How many are remembered: an hour of flushes, 2 KB. */
const KEPT = 256;

/** How long the last few hundred of something took. */
export interface Latencies {
  add(ms: number): void;
  /** null before the first. */
  summary(): Latency | null;
}

export function createLatencies(): Latencies {
  const ring = new Float64Array(KEPT);
  let added = 0;
  return {
    add(ms) {
      ring[added++ % KEPT] = ms;
    },
    summary() {
      const count = Math.min(added, KEPT);
      if (count === 0) return null;
      const sorted = ring.slice(0, count).sort();
      const at = (share: number) => sorted[Math.ceil(share * count) - 1] ?? 0;
      return { count, p50Ms: at(0.5), p95Ms: at(0.95) };
    },
  };
}
