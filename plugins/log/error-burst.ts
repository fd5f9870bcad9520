/** Five times the usual is a burst, but not below 10 a minute. */
const TIMES = 5;
const WINDOW_MINUTES = 5;
const LEAST = 10 * WINDOW_MINUTES;
const USUAL_MINUTES = 60;

interface Burst {
  readonly recent: number;
  readonly limit: number;
}

/**
 * Errors of the last five minutes, and from how many on they are a burst.
 *
 * @param errors by minute since 1970; what is older than an hour is removed
 */
export function judgeBurst(errors: Record<string, number>, now: number, startedAt: number): Burst {
  const minute = Math.floor(now / 60_000);
  let recent = 0;
  let all = 0;
  for (const [key, count] of Object.entries(errors)) {
    const age = minute - Number(key);
    if (age < WINDOW_MINUTES) recent += count;
    if (age < USUAL_MINUTES) all += count;
    else delete errors[key];
  }
  // Of a source that is known for less than an hour, the usual is that of its time.
  const known = Math.min(USUAL_MINUTES, Math.max(WINDOW_MINUTES, (now - startedAt) / 60_000));
  return { recent, limit: Math.max(LEAST, (TIMES * all * WINDOW_MINUTES) / known) };
}
