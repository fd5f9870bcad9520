import { expect, test } from "vitest";
import { readRecurrence, recurrenceWords, writeRecurrence } from "./recurrence";

test.each([
  ["0 2 * * *", "Every day at 02:00"],
  ["30 22 * * 0", "Sundays at 22:30"],
  ["30 22 * * 1,3,5", "Mondays, Wednesdays and Fridays at 22:30"],
  ["0 4 * * 0,6", "Saturdays and Sundays at 04:00"],
  ["0 4 * * 1,2,3,4,5", "Weekdays at 04:00"],
  ["0 4 1 * *", "Day 1 of every month at 04:00"],
  ["*/15 8-18 * * 1-5", "*/15 8-18 * * 1-5"],
  ["0 2 1 1 *", "0 2 1 1 *"],
])("%s is %s, and is written as it was read", (expression, words) => {
  expect(recurrenceWords(expression)).toBe(words);
  expect(writeRecurrence(readRecurrence(expression))).toBe(expression);
});

test("Sunday is 0 and 7", () => {
  expect(readRecurrence("0 2 * * 7")).toEqual({ every: "week", time: "02:00", days: [0] });
});

test("what is not chosen yet is no expression", () => {
  expect(writeRecurrence({ every: "week", time: "02:00", days: [] })).toBe("");
  expect(writeRecurrence({ every: "day", time: "" })).toBe("");
  expect(writeRecurrence({ every: "month", time: "02:00", day: null })).toBe("");
});
