import { Cron } from "croner";

/** When a silence is open, by the calendar of its zone. Pure: the instants are handed in. */

export type When =
  | { readonly kind: "once"; readonly from: number; readonly to: number }
  | {
      readonly kind: "cron";
      readonly expression: string;
      readonly durationSeconds: number;
      readonly timeZone: string;
      readonly from?: number | undefined;
      readonly to?: number | undefined;
    };

/** From an instant on, and before another one. Epoch milliseconds; null where no end is in sight. */
export interface Opening {
  readonly from: number;
  readonly to: number | null;
}

export interface Window {
  /** The opening that an instant lies in. */
  openingAt(at: number): Opening | undefined;
  /** The first that begins after an instant. */
  nextAfter(at: number): Opening | undefined;
  /** Those that touch a span, at most so many. */
  within(from: number, to: number, most: number): Opening[];
  /** What the clock of the zone does to one that begins then: its time is skipped that night, or comes twice. */
  clockAt(from: number): "moved" | "twice" | null;
  /** Nothing opens at or after this any more; null while it comes again. */
  readonly endsAt: number | null;
}

/** Openings that touch each other are one. More in a row than these have no end that anybody waits for. */
const MOST_JOINED = 64;

export function makeWindow(when: When): Window {
  return when.kind === "once" ? makeOnce(when) : makeRecurring(when);
}

function makeOnce({ from, to }: { from: number; to: number }): Window {
  const opening: Opening = { from, to };
  return {
    openingAt: (at) => (at >= from && at < to ? opening : undefined),
    nextAfter: (at) => (at < from && from < to ? opening : undefined),
    within: (start, end) => (from < end && to > start && from < to ? [opening] : []),
    clockAt: () => null,
    endsAt: to,
  };
}

/**
 * Begins when the clock of the zone shows what the expression says, and lasts so many seconds, whatever the clock does meanwhile.
 * Where the clock is set, it is as with cron(8): a time that does not exist that night begins with the first instant after it, one
 * that exists twice counts the first time only; what comes each hour or more often keeps its rhythm.
 */
function makeRecurring(when: Extract<When, { kind: "cron" }>): Window {
  const cron = readCron(when.expression, when.timeZone);
  const durationMs = when.durationSeconds * 1_000;
  const [first, last] = [when.from ?? Number.NEGATIVE_INFINITY, when.to ?? Number.POSITIVE_INFINITY];
  /** What was found last, and from when until when it is so: alerts ask with every sample. */
  let known: { readonly from: number; readonly until: number; readonly opening: Opening | undefined } | undefined;

  /** Comes each hour or more often, so that a clock change is nothing to it. */
  const isRhythm = when.expression
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .some((field) => /[*/]/.test(field));

  const startAfter = (at: number) => cron.nextRun(new Date(at))?.getTime() ?? Number.POSITIVE_INFINITY;

  /** The opening that begins at `start`, with what touches it. */
  function join(start: number): { readonly opening: Opening; readonly until: number; readonly next: number } {
    let [end, next] = [start + durationMs, startAfter(start)];
    for (let joined = 0; next <= end && end < last && joined < MOST_JOINED; joined++) {
      end = next + durationMs;
      next = startAfter(next);
    }
    const until = Math.min(end, last);
    const isEndless = next <= end && end < last;
    return { opening: { from: Math.max(start, first), to: isEndless ? null : until }, until, next };
  }

  /** The first opening that ends after an instant, and is not before or behind the bounds. */
  function findFrom(at: number): ReturnType<typeof join> | undefined {
    const start = startAfter(Math.max(at, first) - durationMs);
    return start < last ? join(start) : undefined;
  }

  return {
    openingAt(at) {
      if (known && at >= known.from && at < known.until) return known.opening;
      const found = findFrom(at);
      const isOpen = found !== undefined && found.opening.from <= at && at < found.until;
      if (isOpen) known = { from: found.opening.from, until: found.until, opening: found.opening };
      else known = { from: at, until: found?.opening.from ?? Number.POSITIVE_INFINITY, opening: undefined };
      return known.opening;
    },
    nextAfter(at) {
      const found = findFrom(at);
      if (!found) return undefined;
      if (found.opening.from > at) return found.opening;
      return found.next < last ? join(found.next).opening : undefined;
    },
    within(from, to, most) {
      const openings: Opening[] = [];
      let found = findFrom(from);
      while (found && found.opening.from < to && openings.length < most) {
        openings.push(found.opening);
        found = found.next < last ? join(found.next) : undefined;
      }
      return openings;
    },
    clockAt(from) {
      if (isRhythm || from === first) return null;
      if (!cron.match(new Date(from))) return "moved";
      const shown = clockOf(from, when.timeZone);
      return SET_BY_MS.some((ms) => clockOf(from + ms, when.timeZone) === shown) ? "twice" : null;
    },
    endsAt: when.to ?? null,
  };
}

/** Clocks are set by an hour, and in one place by half of one. */
const SET_BY_MS = [3_600_000, 1_800_000];

const clockOf = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", minute: "numeric", hourCycle: "h23" }).format(at);

/** @throws what the library says of it */
function readCron(expression: string, timeZone: string): Cron {
  return new Cron(expression, { timezone: timeZone, mode: "5-part", fixedTimeRule: "no-wildcard", paused: true });
}

/** What is wrong with an expression, in words. @param timeZone a valid one */
export function findCronProblem(expression: string, timeZone: string): string | undefined {
  if (expression.trim().split(/\s+/).length !== 5)
    return "A time that comes again has five fields: minute, hour, day of the month, month, day of the week.";
  try {
    if (readCron(expression, timeZone).nextRun(new Date(0)) === null) return "This never comes: no date is like that.";
    return undefined;
  } catch {
    return "This is no time that comes again. For every Sunday at 02:00 it is: 0 2 * * 0";
  }
}

export function isTimeZone(name: string): boolean {
  // Offsets are taken by some engines and know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
