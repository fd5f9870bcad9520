import { expect, test } from "vitest";
import { DEFAULT_RANGE, moveRange, parseRange, rangeParams, type TimeRange, zoomOut, zoomTo } from "./time-range";

const HOUR = 3_600_000;
const NOW = 1_790_000_000_000;
const parse = (text: string) => parseRange(new URLSearchParams(text));

test.each<[string, TimeRange]>([
  ["range=6h", { kind: "last", ms: 6 * HOUR }],
  ["range=90m", { kind: "last", ms: 1.5 * HOUR }],
  ["range=0m", DEFAULT_RANGE],
  ["from=100&to=200", { kind: "fixed", from: 100, to: 200 }],
  ["", DEFAULT_RANGE],
  ["range=forever", DEFAULT_RANGE],
  ["from=200&to=100", DEFAULT_RANGE],
  ["from=abc&to=5", DEFAULT_RANGE],
])("%s", (text, range) => {
  expect(parse(text)).toEqual(range);
});

test("a range goes to the URL and back", () => {
  for (const range of [DEFAULT_RANGE, zoomOut(DEFAULT_RANGE, NOW), { kind: "fixed", from: 5, to: 9 }] as const) {
    expect(parse(new URLSearchParams(rangeParams(range)).toString())).toEqual(range);
  }
});

test("back stops the clock, forward to now lets it run again", () => {
  const back = moveRange(DEFAULT_RANGE, -1, NOW);
  expect(back).toEqual({ kind: "fixed", from: NOW - 2 * HOUR, to: NOW - HOUR });
  expect(moveRange(back, 1, NOW)).toEqual(DEFAULT_RANGE);
});

test("zooming out doubles, and never looks into the future", () => {
  expect(zoomOut(DEFAULT_RANGE, NOW)).toEqual({ kind: "last", ms: 2 * HOUR });
  expect(zoomOut({ kind: "fixed", from: NOW - HOUR, to: NOW }, NOW)).toEqual({
    kind: "fixed",
    from: NOW - 2 * HOUR,
    to: NOW,
  });
});

test("a drag of a few pixels still shows a minute", () => {
  expect(zoomTo(NOW, NOW + 10)).toEqual({ kind: "fixed", from: NOW + 5 - 30_000, to: NOW + 5 + 30_000 });
});
