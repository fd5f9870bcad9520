import { expect, test } from "vitest";
import { isDue } from "./calendar";
import { formatIn, isWithin, localTime } from "./local-time";

const BERLIN = "Europe/Berlin";
const at = (text: string) => Date.parse(text);

test.each([
  ["2026-11-24T11:00:00Z", "UTC", { day: "2026-11-24", weekday: 2, minutes: 660 }],
  ["2026-11-24T23:30:00Z", BERLIN, { day: "2026-11-25", weekday: 3, minutes: 30 }],
  ["2026-11-24T03:00:00Z", "America/New_York", { day: "2026-11-23", weekday: 1, minutes: 1_320 }],
  // Midnight is 0, not 24.
  ["2026-06-30T22:00:00Z", BERLIN, { day: "2026-07-01", weekday: 3, minutes: 0 }],
])("%s in %s", (instant, zone, local) => {
  expect(localTime(at(instant), zone)).toEqual(local);
});

test("an instant is written as the zone's clock shows it", () => {
  expect(formatIn(at("2026-07-01T05:04:03Z"), BERLIN)).toBe("2026-07-01 07:04");
});

const NIGHT = [{ from: "22:00", to: "07:00", weekdays: [5] }];
test.each([
  ["Friday at 23:00", NIGHT, 5, 23 * 60, true],
  ["the Saturday after, at 6:59", NIGHT, 6, 6 * 60 + 59, true],
  ["the Saturday after, at 7:00", NIGHT, 6, 7 * 60, false],
  ["Friday at 6:00, of Thursday's night", NIGHT, 5, 6 * 60, false],
  ["Saturday at 23:00", NIGHT, 6, 23 * 60, false],
  ["any time of a whole day", [{ from: "00:00", to: "00:00", weekdays: [1] }], 1, 720, true],
  ["the day after a whole day", [{ from: "00:00", to: "00:00", weekdays: [7] }], 1, 0, false],
  ["office hours", [{ from: "09:00", to: "17:00", weekdays: [] }], 3, 17 * 60, false],
])("%s", (_, times, weekday, minutes, within) => {
  expect(isWithin(times, { day: "", weekday, minutes })).toBe(within);
});

const DAILY = { at: "08:00", timeZone: BERLIN };
test.each([
  ["before its time", DAILY, "2026-11-23T07:00:00Z", "2026-11-24T06:59:00Z", false],
  ["at its time", DAILY, "2026-11-23T07:00:00Z", "2026-11-24T07:00:00Z", true],
  ["late, after a machine slept", DAILY, "2026-11-23T07:00:00Z", "2026-11-24T15:00:00Z", true],
  ["twice a day", DAILY, "2026-11-24T07:00:00Z", "2026-11-24T15:00:00Z", false],
  ["with a clock that was set back", DAILY, "2026-11-25T07:00:00Z", "2026-11-24T07:30:00Z", false],
  ["for the first time, punctually", DAILY, undefined, "2026-11-24T07:05:00Z", true],
  ["for the first time, when it has passed today", DAILY, undefined, "2026-11-24T12:00:00Z", false],
  ["on another day of the week", { ...DAILY, weekday: 1 }, undefined, "2026-11-24T07:00:00Z", false],
  ["on its day of the week", { ...DAILY, weekday: 2 }, "2026-11-17T07:00:00Z", "2026-11-24T07:00:00Z", true],
  // Clocks go forward from 2:00 to 3:00 on 29 March 2026, and back from 3:00 to 2:00 on 25 October.
  [
    "at a time that a day does not have",
    { at: "02:30", timeZone: BERLIN },
    "2026-03-28T01:30:00Z",
    "2026-03-29T01:00:00Z",
    true,
  ],
  [
    "again in the hour that a day has twice",
    { at: "02:30", timeZone: BERLIN },
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    false,
  ],
])("it comes %s: %#", (_, appointment, last, now, due) => {
  expect(isDue(appointment, last === undefined ? undefined : at(last), at(now))).toBe(due);
});
