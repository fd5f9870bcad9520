import { expect, test } from "vitest";
import { createWindow } from "./window";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const START = 1_795_478_400_000;

/** Every ten seconds. */
function fill(values: readonly number[], windowMs = 60 * SECOND) {
  const window = createWindow(windowMs, 30 * SECOND);
  for (const [index, value] of values.entries()) window.push(START + index * 10 * SECOND, value);
  return { window, now: START + (values.length - 1) * 10 * SECOND };
}

test("a counter's first rate counts for the time between two readings", () => {
  const { window, now } = fill([0.5, 0, 1]);
  expect(window.read("increase", now, true)).toBe(15);
  expect(window.read("rate", now, true)).toBe(0.5);
});

test("change a second is taken between the first and the last sample, however long the buckets are", () => {
  const { window, now } = fill([0, 10, 20, 30], 24 * HOUR);
  expect(window.read("rate", now, false)).toBe(1);
});

test("what comes late is ignored; a clock that was set back begins anew from there", () => {
  const { window, now } = fill([1, 2, 3]);
  window.push(now - 10 * SECOND, 100);
  expect(window.read("max", now, false)).toBe(3);
  window.push(now - HOUR, 7);
  expect(window.read("max", now - HOUR, false)).toBe(7);
  expect(window.read("avg", now - HOUR, false)).toBe(7);
});

test("half a window must have been measured before anything is foretold of it", () => {
  const rising = (length: number) =>
    fill(
      Array.from({ length }, (_, index) => index),
      HOUR,
    );
  const [short, long] = [rising(170), rising(190)];
  expect(short.window.forecast(short.now, HOUR)).toBeUndefined();
  expect(long.window.forecast(long.now, HOUR)).toBeCloseTo(189 + 360, 6);
});

test("what is left of long ago counts for the samples that it stands for", () => {
  const window = createWindow(7 * 24 * HOUR, 30 * SECOND);
  window.pushPast(START, { avg: 2, min: 0, max: 9 }, HOUR);
  window.push(START + HOUR, 4);
  const now = START + HOUR;
  expect(window.read("sum", now, false)).toBe(2 * 360 + 4);
  expect(window.read("max", now, false)).toBe(9);
  expect(window.read("increase", now, true)).toBe(2 * 3_600 + 4 * 30);
});
