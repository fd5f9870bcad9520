import type { SampleBatch } from "./store";

/** Refuses the whole batch, so that nothing of a broken one is stored. @throws RangeError */
export function requireSamples({ series, at, value }: SampleBatch): void {
  if (series.length !== at.length || series.length !== value.length) {
    throw new RangeError(`Columns differ in length: ${series.length}, ${at.length}, ${value.length}.`);
  }
  for (const [index, id] of series.entries()) {
    const instant = at[index] ?? Number.NaN;
    const where = `Sample ${index} of series ${id}`;
    if (!Number.isSafeInteger(id) || id < 0) throw new RangeError(`${where}: a series is a whole number.`);
    if (!Number.isSafeInteger(instant) || instant < 0) {
      throw new RangeError(`${where}: the instant ${instant} is not in whole milliseconds since 1970.`);
    }
    if (!Number.isFinite(value[index])) throw new RangeError(`${where}: the value ${value[index]} is not finite.`);
  }
}
