import fc from "fast-check";
import { expect, test } from "vitest";
import { amountText, parseAmount } from "./parse-amount";

test.each([
  ["90 %", "ratio", 0.9],
  ["90", "ratio", 0.9],
  ["7%", "ratio", 0.07],
  ["2x", "ratio", 2],
  ["5 GiB", "bytes", 5 * 1_024 ** 3],
  ["5 GB", "bytes", 5e9],
  ["5g", "bytes", 5 * 1_024 ** 3],
  ["1.5 TiB", "bytes", 1.5 * 1_024 ** 4],
  ["10 MiB/s", "bytes_per_second", 10 * 1_024 ** 2],
  ["10 MiBps", "bytes_per_second", 10 * 1_024 ** 2],
  ["100 Mbit/s", "bits_per_second", 1e8],
  ["100Mbps", "bits_per_second", 1e8],
  ["10 min", "seconds", 600],
  ["1h 30m", "seconds", 5_400],
  ["2 days", "seconds", 172_800],
  ["250 ms", "seconds", 0.25],
  ["45", "seconds", 45],
  ["30 /min", "count_per_second", 0.5],
  ["2k", "count", 2_000],
  ["12 000", "count", 12_000],
  ["1,5", "count", 1.5],
  ["-10 °C", "celsius", -10],
  ["−70 dBm", "dbm", -70],
  ["2.4 GHz", "hertz", 2.4e9],
  ["yes", "bool", 1],
  ["off", "bool", 0],
  ["2027-01-31T00:00:00Z", "timestamp_seconds", 1_801_353_600],
  ["12", "nobody knows", 12],
])("%j as %s is %d", (text, unit, value) => {
  expect(parseAmount(text, unit)).toBeCloseTo(value, 9);
});

test.each([
  ["many", "count"],
  ["5 apples", "bytes"],
  ["5 GiB 3 MiB", "bytes"],
  ["10 min", "bytes"],
  ["1.2.3", "count"],
  ["maybe", "bool"],
  ["yesterday", "timestamp_seconds"],
])("%j is no amount of %s", (text, unit) => {
  expect(parseAmount(text, unit)).toBeNaN();
});

test("nothing is nothing", () => {
  expect(parseAmount("  ", "bytes")).toBeNull();
});

test("what is shown is read back as the same number", () => {
  const units = ["ratio", "bytes", "bytes_per_second", "bits_per_second", "seconds", "count", "count_per_second"];
  const more = ["celsius", "hertz", "rpm", "volts", "watts", "dbm"];
  const amount = fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000_000 }),
    fc.integer({ min: -100_000, max: 100_000 }).map((whole) => whole / 1_000),
  );
  fc.assert(
    fc.property(amount, fc.constantFrom(...units, ...more), (value, unit) => {
      expect(parseAmount(amountText(value, unit), unit)).toBeCloseTo(value, 9);
    }),
  );
});

test.each([
  [0.9, "ratio", "90 %"],
  [5 * 1_024 ** 3, "bytes", "5 GiB"],
  [600, "seconds", "10 min"],
  [5_400, "seconds", "1.5 h"],
  [0, "bytes", "0 B"],
  [0, "seconds", "0 s"],
  [60, "celsius", "60 °C"],
])("%d of %s is shown as %j", (value, unit, text) => {
  expect(amountText(value, unit)).toBe(text);
});
