const DAY_MS = 86_400_000;

export interface CalendarDay {
  /** Where it begins. Epoch milliseconds. */
  readonly at: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly isWeekend: boolean;
}

/**
 * Days from today on, each as long as the clock makes it.
 * @param local in the browser's own zone; otherwise in UTC, as the server draws it
 */
export function calendarDays(now: number, count: number, local: boolean): CalendarDay[] {
  const start = new Date(now);
  if (local) start.setHours(0, 0, 0, 0);
  else start.setUTCHours(0, 0, 0, 0);
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(start);
    if (local) day.setDate(start.getDate() + index);
    else day.setTime(start.getTime() + index * DAY_MS);
    const weekday = local ? day.getDay() : day.getUTCDay();
    return { at: day.getTime(), weekday, isWeekend: weekday === 0 || weekday === 6 };
  });
}

/** Where a span lies within another one, in shares of it; undefined when it is outside. */
export function placeIn(
  span: { readonly from: number; readonly to: number | null },
  frame: { readonly from: number; readonly to: number },
): { readonly left: number; readonly width: number } | undefined {
  const from = Math.max(span.from, frame.from);
  const to = Math.min(span.to ?? frame.to, frame.to);
  if (to <= from) return undefined;
  const whole = frame.to - frame.from;
  return { left: (from - frame.from) / whole, width: (to - from) / whole };
}
