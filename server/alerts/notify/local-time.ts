import type { Times } from "../shapes/route";

/** An instant on the clock and the calendar of a time zone. */
export interface LocalTime {
  /** "2026-11-24". */
  readonly day: string;
  /** Monday is 1. */
  readonly weekday: number;
  /** Since midnight, as the clock shows. */
  readonly minutes: number;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** Making one costs a hundred times what using it does. Zones are as many as people named. */
const formats = new Map<string, Intl.DateTimeFormat>();

export function localTime(at: number, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: WEEKDAYS.indexOf(parts.weekday ?? "") + 1,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** "2026-11-24 14:03", on the clock of the zone. */
export function formatIn(at: number, timeZone: string): string {
  const { day, minutes } = localTime(at, timeZone);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The instant is in one of these. A night belongs to the day that it begins on. */
export function isWithin(times: readonly Times[], { weekday, minutes }: LocalTime): boolean {
  const before = weekday === 1 ? 7 : weekday - 1;
  return times.some(({ from, to, weekdays }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    const isDay = (day: number) => weekdays.length === 0 || weekdays.includes(day);
    if (start < end) return isDay(weekday) && minutes >= start && minutes < end;
    return (isDay(weekday) && minutes >= start) || (isDay(before) && minutes < end);
  });
}

/** Minutes since midnight. @param time as "07:30" */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}
