import { expect, test } from "vitest";
import { calendarDays, placeIn } from "./calendar-days";

test("days begin at midnight, and weekends are known", () => {
  const days = calendarDays(Date.parse("2026-11-26T15:00:00Z"), 4, false);
  expect(days.map(({ at, isWeekend }) => [new Date(at).toISOString().slice(0, 16), isWeekend])).toEqual([
    ["2026-11-26T00:00", false],
    ["2026-11-27T00:00", false],
    ["2026-11-28T00:00", true],
    ["2026-11-29T00:00", true],
  ]);
  for (const { at } of calendarDays(Date.now(), 40, true)) expect(new Date(at).getHours()).toBe(0);
});

test.each([
  [
    { from: 10, to: 20 },
    { left: 0.1, width: 0.1 },
  ],
  [
    { from: -10, to: 20 },
    { left: 0, width: 0.2 },
  ],
  [
    { from: 90, to: null },
    { left: 0.9, width: 0.1 },
  ],
  [{ from: 100, to: 120 }, undefined],
  [{ from: -20, to: 0 }, undefined],
])("%j", (span, place) => {
  const found = placeIn(span, { from: 0, to: 100 });
  if (!place) expect(found).toBeUndefined();
  else {
    expect(found?.left).toBeCloseTo(place.left);
    expect(found?.width).toBeCloseTo(place.width);
  }
});
