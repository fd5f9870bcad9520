import { DAY_MS } from "../grid";

/** Instants in SQL. Rounded to milliseconds: far in the future a double of seconds is not that exact any more. */

/** Of a parameter, or anything else that is epoch milliseconds. */
export const toTime = (milliseconds = "?") => `to_timestamp((${milliseconds})::float8 / 1000)::timestamptz(3)`;

export const toMilliseconds = (time: string) => `(extract(epoch from ${time}) * 1000)::bigint`;

/** From the epoch to TimescaleDB's own origin, the Monday 2000-01-03. */
const ORIGIN_MS = 10_959 * DAY_MS;

/** Days of 24 hours, and every other step, aligned since the epoch. Whatever meets TimescaleDB's origin is found in half the time without another one. */
export function toBucket(time: string, stepMs: number): string {
  const step = `make_interval(secs => (${stepMs})::float8 / 1000)`;
  return `time_bucket(${step}, ${time}${ORIGIN_MS % stepMs === 0 ? "" : ", to_timestamp(0)"})`;
}
