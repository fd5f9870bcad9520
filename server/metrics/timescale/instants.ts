/** Instants in SQL. Rounded to milliseconds: far in the future a double of seconds is not that exact any more. */

/** Of a parameter, or anything else that is epoch milliseconds. */
export const toTime = (milliseconds = "?") => `to_timestamp((${milliseconds})::float8 / 1000)::timestamptz(3)`;

export const toMilliseconds = (time: string) => `(extract(epoch from ${time}) * 1000)::bigint`;

/** Days of 24 hours, and every other step, aligned since the epoch. @param stepMs a parameter */
export const toBucket = (time: string, stepMs = "?") =>
  `time_bucket(make_interval(secs => (${stepMs})::float8 / 1000), ${time}, to_timestamp(0))`;
