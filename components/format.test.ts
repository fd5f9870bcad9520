import { expect, test } from "vitest";
import {
  formatClock,
  formatExact,
  formatInstant,
  formatMarks,
  formatRelative,
  formatText,
  formatTimeMarks,
  formatValue,
} from "./format";

test.each<[number | null | undefined, string, string]>([
  [null, "bytes", "–"],
  [undefined, "count", "–"],
  [Number.NaN, "ratio", "–"],
  [Number.POSITIVE_INFINITY, "seconds", "–"],
  [0, "bytes", "0 B"],
  [999, "bytes", "999 B"],
  [1_023, "bytes", "0.999 KiB"],
  [1_024, "bytes", "1 KiB"],
  [1_536, "bytes", "1.5 KiB"],
  [8.25 * 1_024 ** 3, "bytes", "8.25 GiB"],
  [123_456_789, "bytes", "118 MiB"],
  [-2_048, "bytes", "−2 KiB"],
  [10_240, "bytes_per_second", "10 KiB/s"],
  [1e9, "bits_per_second", "1 Gbit/s"],
  [0.4237, "ratio", "42.4%"],
  [0.005, "ratio", "0.5%"],
  [0.99996, "ratio", "100%"],
  [1, "ratio", "100%"],
  [0, "ratio", "0%"],
  [0.00085, "seconds", "850 µs"],
  [0.0123, "seconds", "12.3 ms"],
  [0.99999, "seconds", "1 s"],
  [1.5, "seconds", "1.5 s"],
  [59.99, "seconds", "1 min"],
  [90, "seconds", "1m 30s"],
  [3_600, "seconds", "1 h"],
  [3_600 * 5 + 60 * 12, "seconds", "5h 12m"],
  [100_000, "seconds", "1d 3h"],
  [86_400 * 3 + 4 * 3_600, "seconds", "3d 4h"],
  [86_400 * 42, "seconds", "42 d"],
  [-86_400, "seconds", "−1 d"],
  [86_400 * 800, "seconds", "2y 70d"],
  [41.26, "celsius", "41.3 °C"],
  [-7.5, "celsius", "−7.5 °C"],
  [9.996, "volts", "10 V"],
  [999, "count", "999"],
  [999.7, "count", "1k"],
  [12_345, "count", "12.3k"],
  [0.25, "count_per_second", "0.25 /s"],
  [2_400_000_000, "hertz", "2.4 GHz"],
  [1, "bool", "yes"],
  [0, "bool", "no"],
  [7, "furlongs", "7"],
  [1_790_000_000, "timestamp_seconds", "2026-09-21 14:13:20 UTC"],
])("%s %s is %s", (value, unit, text) => {
  expect(formatText(value, unit)).toBe(text);
});

test("number and unit come apart, so that the unit can be set smaller", () => {
  expect(formatValue(1_536, "bytes")).toEqual({ text: "1.5", unit: "KiB" });
});

test("instants are relative once it is known what now is", () => {
  expect(formatText(1_000_000 + 6 * 86_400, "timestamp_seconds", 1_000_000_000)).toBe("in 6 days");
});

test.each([
  [-2_000, "now"],
  [-10_000, "10 s ago"],
  [-120_000, "2 min ago"],
  [-5_400_000, "1 h ago"],
  [-86_400_000, "1 day ago"],
  [6 * 86_400_000, "in 6 days"],
  [800 * 86_400_000, "in 2 years"],
])("%d ms from now is %s", (offset, text) => {
  expect(formatRelative(1e12 + offset, 1e12)).toBe(text);
});

test("counts keep every digit, in thin groups", () => {
  expect([7, 1_234, 1_234_567, -1_000].map(formatExact)).toEqual([
    "7",
    "1\u2009234",
    "1\u2009234\u2009567",
    "−1\u2009000",
  ]);
});

test("an instant beyond the calendar is unknown", () => {
  expect(formatInstant(1e18)).toBe("–");
});

test("a clock says as much as the span needs", () => {
  const at = new Date(2026, 10, 24, 14, 3, 9).getTime();
  expect([900_000, 86_400_000, 7 * 86_400_000, 365 * 86_400_000].map((span) => formatClock(at, span))).toEqual([
    "14:03:09",
    "14:03",
    "24 Nov 14:03",
    "24 Nov 2026",
  ]);
});

test("a time axis names the day where one begins", () => {
  const midnight = new Date(2026, 10, 24).getTime();
  expect(formatTimeMarks([midnight - 3_600_000, midnight, midnight + 3_600_000], 3_600_000)).toEqual([
    "23:00",
    "24 Nov",
    "01:00",
  ]);
});

test("marks of a value axis carry their unit, except nought", () => {
  expect(formatMarks([0, 512 * 1_024 ** 2, 1_024 ** 3], "bytes")).toEqual(["0", "512 MiB", "1 GiB"]);
  expect(formatMarks([0, 20], "celsius")).toEqual(["0 °C", "20 °C"]);
});
