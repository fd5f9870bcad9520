import { expect, test } from "vitest";
import { findCronProblem, isTimeZone, makeWindow, type Opening, type When } from "./occurrences";

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(`${text}Z`);
const show = (instant: number | null) => (instant === null ? "never" : new Date(instant).toISOString().slice(0, 16));
const showAll = (openings: readonly Opening[]) => openings.map(({ from, to }) => `${show(from)} ${show(to)}`);
const cron = (expression: string, timeZone: string, hours = 1, more: { from?: number; to?: number } = {}): When => ({
  kind: "cron",
  expression,
  timeZone,
  durationSeconds: hours * 3_600,
  ...more,
});

/** Each clock change in both directions. Instants are UTC. */
test.each([
  // At 02:00 it is 03:00: 02:30 does not exist, and begins with the first instant after the gap.
  ["Europe/Berlin", "30 2 * * *", "2026-03-28T00:00", ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]],
  ["Europe/Berlin", "30 2-3 * * *", "2026-03-29T00:00", ["2026-03-29T01:00", "2026-03-29T01:30", "2026-03-30T00:30"]],
  // At 03:00 it is 02:00: 02:30 exists twice, and counts once.
  ["Europe/Berlin", "30 2 * * *", "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"]],
  ["America/New_York", "30 2 * * *", "2026-03-07T12:00", ["2026-03-08T07:00", "2026-03-09T06:30", "2026-03-10T06:30"]],
  ["America/New_York", "30 1 * * *", "2026-10-31T12:00", ["2026-11-01T05:30", "2026-11-02T06:30", "2026-11-03T06:30"]],
  // Half an hour of summer time, and offsets of half hours.
  [
    "Australia/Lord_Howe",
    "15 2 * * *",
    "2026-10-03T00:00",
    ["2026-10-03T15:30", "2026-10-04T15:15", "2026-10-05T15:15"],
  ],
  [
    "Australia/Lord_Howe",
    "45 1 * * *",
    "2026-04-04T00:00",
    ["2026-04-04T14:45", "2026-04-05T15:15", "2026-04-06T15:15"],
  ],
  // Midnight itself does not exist, or the hour before it exists twice.
  ["America/Santiago", "0 0 * * *", "2026-09-05T12:00", ["2026-09-06T04:00", "2026-09-07T03:00", "2026-09-08T03:00"]],
  ["America/Santiago", "30 23 * * *", "2026-04-04T12:00", ["2026-04-05T02:30", "2026-04-06T03:30", "2026-04-07T03:30"]],
  ["Asia/Kolkata", "0 4 * * *", "2026-03-28T00:00", ["2026-03-28T22:30", "2026-03-29T22:30", "2026-03-30T22:30"]],
  ["Asia/Kathmandu", "0 4 * * *", "2026-03-28T00:00", ["2026-03-28T22:15", "2026-03-29T22:15", "2026-03-30T22:15"]],
  // Leap years, and days that not every month has.
  ["Europe/Berlin", "0 2 29 2 *", "2026-01-01T00:00", ["2028-02-29T01:00", "2032-02-29T01:00", "2036-02-29T01:00"]],
  ["Europe/Berlin", "0 2 31 * *", "2026-01-01T00:00", ["2026-01-31T01:00", "2026-03-31T00:00", "2026-05-31T00:00"]],
  // A day of the month or a day of the week, as crontab(5) has it.
  ["UTC", "0 2 13 * 5", "2026-03-06T12:00", ["2026-03-13T02:00", "2026-03-20T02:00", "2026-03-27T02:00"]],
])("%s, %s after %s", (timeZone, expression, after, starts) => {
  const window = makeWindow(cron(expression, timeZone, 0.25));
  expect(window.within(at(after), at("2040-01-01T00:00"), 3).map(({ from }) => show(from))).toEqual(starts);
  const [first] = starts;
  expect(show(window.nextAfter(at(after))?.from ?? null)).toBe(first);
});

test.each([
  ["30 2 * * *", "Europe/Berlin", "2026-03-28T20:00", ["moved", null]],
  ["0,30 2 * * *", "Europe/Berlin", "2026-03-28T20:00", ["moved", null]],
  ["30 2 * * *", "Europe/Berlin", "2026-10-24T20:00", ["twice", null]],
  ["45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00", ["twice", null]],
  ["0 * * * *", "Europe/Berlin", "2026-10-25T00:30", [null, null]],
  ["30 3 * * *", "Europe/Berlin", "2026-03-28T20:00", [null, null]],
])("it is told what the clock does to %s in %s after %s", (expression, zone, after, told) => {
  const window = makeWindow(cron(expression, zone, 0.1));
  const openings = window.within(at(after), at("2040-01-01T00:00"), 2);
  expect(openings.map(({ from }) => window.clockAt(from))).toEqual(told);
});

test("what comes each hour keeps its rhythm where an hour exists twice or not at all", () => {
  const starts = (from: string) =>
    makeWindow(cron("0 * * * *", "Europe/Berlin", 0.25))
      .within(at(from), at("2040-01-01T00:00"), 4)
      .map((one) => show(one.from).slice(11));
  expect(starts("2026-10-24T23:30")).toEqual(["00:00", "01:00", "02:00", "03:00"]);
  expect(starts("2026-03-28T23:30")).toEqual(["00:00", "01:00", "02:00", "03:00"]);
});

test("a window lasts as long as it is said, whatever the clock shows at its end", () => {
  const window = makeWindow(cron("0 1 * * *", "Europe/Berlin", 3));
  expect(showAll(window.within(at("2026-03-28T20:00"), at("2026-03-30T12:00"), 9))).toEqual([
    "2026-03-29T00:00 2026-03-29T03:00",
    "2026-03-29T23:00 2026-03-30T02:00",
  ]);
});

test("it is open from its first instant until before its last", () => {
  const window = makeWindow(cron("0 2 * * 0", "Europe/Berlin", 2));
  const opening = { from: at("2026-11-29T01:00"), to: at("2026-11-29T03:00") };
  expect(window.openingAt(opening.from - 1)).toBeUndefined();
  expect(window.openingAt(opening.from)).toEqual(opening);
  expect(window.openingAt(opening.to - 1)).toEqual(opening);
  expect(window.openingAt(opening.to)).toBeUndefined();
  // A clock that was set back asks again for what was.
  expect(window.openingAt(opening.from + 500)).toEqual(opening);
  expect(window.openingAt(opening.from - 500)).toBeUndefined();
  expect(show(window.nextAfter(opening.from)?.from ?? null)).toBe("2026-12-06T01:00");
});

test("openings that touch are one, and what never closes has no end", () => {
  const hours = makeWindow(cron("0 2,3 * * *", "UTC", 2));
  expect(showAll(hours.within(at("2026-05-01T00:00"), at("2026-05-02T00:00"), 9))).toEqual([
    "2026-05-01T02:00 2026-05-01T05:00",
  ]);
  const always = makeWindow(cron("*/5 * * * *", "UTC", 1));
  expect(always.openingAt(at("2026-05-01T00:00"))?.to).toBeNull();
  expect(always.openingAt(at("2026-05-09T00:00"))?.to).toBeNull();
});

test("bounds cut what comes again", () => {
  const [from, to] = [at("2026-05-02T02:30"), at("2026-05-04T02:30")];
  const window = makeWindow(cron("0 2 * * *", "UTC", 1, { from, to }));
  expect(showAll(window.within(0, at("2040-01-01T00:00"), 9))).toEqual([
    "2026-05-02T02:30 2026-05-02T03:00",
    "2026-05-03T02:00 2026-05-03T03:00",
    "2026-05-04T02:00 2026-05-04T02:30",
  ]);
  expect(window.openingAt(to)).toBeUndefined();
  expect(window.nextAfter(to)).toBeUndefined();
  expect(window.endsAt).toBe(to);
});

test("once is once", () => {
  const window = makeWindow({ kind: "once", from: 1_000, to: 2_000 });
  expect([999, 1_000, 1_999, 2_000].map((now) => window.openingAt(now) !== undefined)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([999, 1_000].map((now) => window.nextAfter(now)?.from)).toEqual([1_000, undefined]);
  expect(window.within(1_999, 5_000, 9)).toHaveLength(1);
  expect(window.within(2_000, 5_000, 9)).toHaveLength(0);
});

/** Every five minutes of a year, in each zone: open is what lies in an opening, and each is as long as it should be. */
test.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])(
  "a year in %s, minute by minute",
  (timeZone) => {
    const window = makeWindow(cron("30 2 * * *", timeZone, 1));
    const [from, to] = [at("2026-01-01T00:00"), at("2027-01-01T00:00")];
    const openings = window.within(from, to, 1_000);
    expect(openings.length).toBeGreaterThanOrEqual(365);
    for (const { from: start, to: end } of openings) expect((end ?? 0) - start).toBe(HOUR);
    let index = 0;
    for (let now = from; now < to; now += 300_000) {
      while ((openings[index]?.to ?? Number.POSITIVE_INFINITY) <= now) index += 1;
      const expected = (openings[index]?.from ?? Number.POSITIVE_INFINITY) <= now;
      if ((window.openingAt(now) !== undefined) !== expected) expect.fail(`${show(now)} should be ${expected}`);
    }
  },
);

test.each([
  ["0 2 * * 0", undefined],
  ["*/15 8-18 * * MON-FRI", undefined],
  ["0 2 * *", "five fields"],
  ["0 0 2 * * *", "five fields"],
  ["@daily", "five fields"],
  ["0 25 * * *", "no time"],
  ["0 2 30 2 *", "never comes"],
  ["drop table silences now please", "no time"],
])("%s", (expression, problem) => {
  const found = findCronProblem(expression, "Europe/Berlin");
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});

test("a zone is one that the calendar knows", () => {
  const given = ["Europe/Berlin", "UTC", "Mars/One", "", "+02:00", "constructor"];
  expect(given.map(isTimeZone)).toEqual([true, true, false, false, false, false]);
});
