import { CorruptData } from "./corrupt-data";

/** The first index whose instant is no whole millisecond since 1970, or not after the one before; -1 when all are. */
function findDisorder(at: Float64Array): number {
  let previous = -1;
  for (let index = 0; index < at.length; index++) {
    const instant = at[index] ?? 0;
    if (!(instant > previous) || !Number.isSafeInteger(instant)) return index;
    previous = instant;
  }
  return -1;
}

/** @throws RangeError which names the place */
export function requireOrder(at: Float64Array): void {
  const index = findDisorder(at);
  if (index >= 0)
    throw new RangeError(
      `Instant ${index} of ${at.length} is ${at[index]}: instants are whole milliseconds since 1970, each later than the one before.`,
    );
}

/** @throws CorruptData */
export function checkOrder(at: Float64Array): void {
  const index = findDisorder(at);
  if (index >= 0) throw new CorruptData(`Stored data has instant ${at[index]} at ${index}, out of order.`);
}
