/** Milliseconds between two readings of `performance.now()`, to the microsecond: finer is noise, and cases are read. */
export function elapsedMs(from: number, to = performance.now()): number {
  return Math.round((to - from) * 1_000) / 1_000;
}
