import { expect, test } from "vitest";
import { judgeBurst } from "./error-burst";

const MINUTE = 29_833_333;
const now = MINUTE * 60_000 + 30_000;
const hourAgo = now - 3_600_000;
const each = (from: number, to: number, count: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, index) => [String(MINUTE - from - index), count]));

test.each<[string, Record<string, number>, number, number, number]>([
  ["nothing", {}, hourAgo, 0, 50],
  ["a few are no burst", each(0, 5, 3), hourAgo, 15, 50],
  ["a sudden many are one", each(0, 5, 40), hourAgo, 200, (5 * 200 * 5) / 60],
  ["always many are none", each(0, 60, 40), hourAgo, 200, (5 * 2_400 * 5) / 60],
  ["in its first minutes it is not known what is usual", each(0, 1, 400), now - 60_000, 400, 2_000],
])("%s", (_, errors, startedAt, recent, limit) => {
  expect(judgeBurst(errors, now, startedAt)).toEqual({ recent, limit });
});

test("forgets what is older than an hour", () => {
  const errors = each(0, 90, 1);
  judgeBurst(errors, now, 0);
  expect(Object.keys(errors)).toHaveLength(60);
});
