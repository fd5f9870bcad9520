import type { SampleBatch } from "./store";

/** Refuses the whole batch, so that nothing of a broken one is stored. @throws RangeError */
export function requireSamples({ series, at, value }: SampleBatch): void {
  if (series.length !== at.length || series.length !== value.length) {
    throw new RangeError(`Columns differ in length: ${series.length}, ${at.length}, ${value.length}.`);
  }
  for (let index = 0; index < series.length; index++) {
    const fault = faultOf(series[index] ?? Number.NaN, at[index] ?? Number.NaN, value[index] ?? Number.NaN);
    if (fault) throw new RangeError(`Sample ${index} of series ${series[index]}: ${fault}`);
  }
}

function faultOf(series: number, at: number, value: number): string | undefined {
  if (!Number.isSafeInteger(series) || series < 0) return "a series is a whole number.";
  if (!Number.isSafeInteger(at) || at < 0) return `the instant ${at} is not in whole milliseconds since 1970.`;
  return Number.isFinite(value) ? undefined : `the value ${value} is not finite.`;
}
