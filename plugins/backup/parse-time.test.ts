import { expect, test } from "vitest";
import { parseDuration, parseTime } from "./parse-time";

test.each([
  ["2026-08-20T10:15:00.123456789Z", "2026-08-20T10:15:00.123Z"],
  ["2026-08-20T10:15:00.123456789+02:00", "2026-08-20T08:15:00.123Z"],
  ["2026-08-20T10:15:00.000000", "2026-08-20T10:15:00Z"],
  ["2026-08-20T10:15:00", "2026-08-20T10:15:00Z"],
  ["20260820T101500Z", "2026-08-20T10:15:00Z"],
  ["2026-08-20", "2026-08-20"],
  [1_787_221_800, "2026-08-20T10:30:00Z"],
  [1_787_221_800_000, "2026-08-20T10:30:00Z"],
])("%s is %s", (given, at) => {
  expect(parseTime(given)).toBe(Date.parse(at));
});

test.each([[undefined], [null], [""], ["yesterday"], [0], [-5], ["0001-01-01T00:00:00"], [{}]])(
  "%j is no instant",
  (given) => {
    expect(parseTime(given)).toBeUndefined();
  },
);

test.each([
  ["00:12:30.5000000", 750.5],
  ["1.02:00:01", 93_601],
  ["-", undefined],
  [undefined, undefined],
])("%s lasts %s s", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});
