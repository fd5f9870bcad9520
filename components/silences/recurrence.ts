/** What comes again, as people choose it, and as the five fields of cron. */
export type Recurrence =
  | { readonly every: "day"; readonly time: string }
  /** 0 is Sunday. */
  | { readonly every: "week"; readonly time: string; readonly days: readonly number[] }
  | { readonly every: "month"; readonly time: string; readonly day: number | null }
  | { readonly every: "cron"; readonly expression: string };

export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
/** Weeks begin on Monday. */
export const WEEK_ORDER = [1, 2, 3, 4, 5, 6, 0] as const;

/** "" where something is missing. */
export function writeRecurrence(one: Recurrence): string {
  if (one.every === "cron") return one.expression.trim();
  const time = /^(\d\d):(\d\d)$/.exec(one.time);
  if (!time) return "";
  const clock = `${Number(time[2])} ${Number(time[1])}`;
  if (one.every === "day") return `${clock} * * *`;
  if (one.every === "month") return one.day === null ? "" : `${clock} ${one.day} * *`;
  return one.days.length === 0 ? "" : `${clock} * * ${[...one.days].sort((a, b) => a - b).join(",")}`;
}

const two = (text: string) => text.padStart(2, "0");

/** What nobody would choose from lists stays an expression. */
export function readRecurrence(expression: string): Recurrence {
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = expression.trim().split(/\s+/);
  const isPlain = more.length === 0 && /^\d{1,2}$/.test(minute) && /^\d{1,2}$/.test(hour) && month === "*";
  const time = `${two(hour)}:${two(minute)}`;
  if (isPlain && day === "*" && weekday === "*") return { every: "day", time };
  if (isPlain && day === "*" && /^[0-7](,[0-7])*$/.test(weekday)) {
    const days = new Set(weekday.split(",").map((one) => Number(one) % 7));
    return { every: "week", time, days: [...days].sort((a, b) => a - b) };
  }
  if (isPlain && /^\d{1,2}$/.test(day) && weekday === "*") return { every: "month", time, day: Number(day) };
  return { every: "cron", expression: expression.trim() };
}

/** "Sundays at 02:00", "Every day at 02:00"; of what is none of these, the expression. */
export function recurrenceWords(expression: string): string {
  const one = readRecurrence(expression);
  switch (one.every) {
    case "day":
      return `Every day at ${one.time}`;
    case "week": {
      if (one.days.join() === "1,2,3,4,5") return `Weekdays at ${one.time}`;
      const ordered = WEEK_ORDER.filter((day) => one.days.includes(day));
      return `${joinWords(ordered.map((day) => `${WEEKDAYS[day]}s`))} at ${one.time}`;
    }
    case "month":
      return `Day ${one.day} of every month at ${one.time}`;
    case "cron":
      return one.expression;
    default:
      return one satisfies never;
  }
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
