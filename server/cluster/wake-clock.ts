/** Clocks differ by less while the machine is awake: they are compared often. */
const SLEEP_MS = 1_000;

interface Clocks {
  /** Of the process: only goes forward, and stands still while the machine sleeps. */
  readonly own: () => number;
  /** Of the calendar: goes on, and may be set. */
  readonly wall: () => number;
}

/**
 * Milliseconds that only go forward, also while the machine sleeps. A calendar that is set forward looks like a sleep; one that is set
 * back like nothing.
 */
export function createWakeClock(
  { own, wall }: Clocks = { own: () => performance.now(), wall: Date.now },
): () => number {
  let slept = 0;
  let before = { own: own(), wall: wall() };
  return () => {
    const now = { own: own(), wall: wall() };
    const missed = now.wall - before.wall - (now.own - before.own);
    if (missed > SLEEP_MS) slept += missed;
    before = now;
    return now.own + slept;
  };
}
