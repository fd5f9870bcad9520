/** 0, -1, 1, -2, ... become 0, 1, 2, 3, ...: small steps either way become short varints. Exact for |value| < 2^52. */
export const toZigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);

/** An odd one halves to a number between two whole ones; without the arithmetic of 32 bits it stays exact up to 2^53. */
export function fromZigzag(code: number): number {
  const half = Math.floor(code / 2);
  return code - 2 * half === 1 ? -half - 1 : half;
}
