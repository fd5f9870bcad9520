import type { Samples } from "./codec/samples";

export const NO_SAMPLES: Samples = { at: new Float64Array(0), value: new Float64Array(0) };

/** Both in order of time. Where both have an instant, the older wins: what is there already stays. */
export function mergeSamples(older: Samples, newer: Samples): Samples {
  if (older.at.length === 0) return newer;
  if (newer.at.length === 0) return older;
  const at = new Float64Array(older.at.length + newer.at.length);
  const value = new Float64Array(at.length);
  let count = 0;
  let left = 0;
  let right = 0;
  while (left < older.at.length || right < newer.at.length) {
    const mine = older.at[left] ?? Number.POSITIVE_INFINITY;
    const other = newer.at[right] ?? Number.POSITIVE_INFINITY;
    at[count] = Math.min(mine, other);
    value[count++] = (mine <= other ? older.value[left] : newer.value[right]) ?? 0;
    if (mine <= other) left++;
    if (other <= mine) right++;
  }
  return { at: at.subarray(0, count), value: value.subarray(0, count) };
}

export function sliceSamples({ at, value }: Samples, start: number, end: number): Samples {
  return { at: at.subarray(start, end), value: value.subarray(start, end) };
}

/** Of their own memory, for views into a buffer that goes on changing. */
export function copySamples({ at, value }: Samples): Samples {
  return { at: at.slice(), value: value.slice() };
}
