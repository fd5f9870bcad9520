import { expect, test } from "vitest";
import { backtestWords } from "./backtest-words";

const DAY = 86_400_000;
const words = (more: object) =>
  backtestWords({
    count: 7,
    firingMs: 42 * 60_000,
    from: 0,
    to: 30 * DAY,
    series: 3,
    skipped: 0,
    resolution: [],
    ...more,
  });

test.each([
  [{}, "In the last 30 days it would have fired 7 times, for 42 min in all."],
  [{ count: 1 }, "In the last 30 days it would have fired once, for 42 min."],
  [{ count: 0, firingMs: 0 }, "In the last 30 days it would not have fired."],
  [{ to: 3_600_000, count: 0 }, "In the last 1 h it would not have fired."],
  [{ series: 0 }, "There is no past to try it on yet."],
])("%j reads %j", (more, text) => {
  expect(words(more).text).toBe(text);
});

test("it says what it could not see", () => {
  expect(words({}).limits).toBe("");
  expect(words({ skipped: 2, resolution: [{ from: 0, stepSeconds: 3_600 }] }).limits).toBe(
    "Older samples are kept as averages of 1 h: what was shorter is not seen. There was no time for 2 instances.",
  );
});
