import { expect, test } from "vitest";
import { amount, parseGoDuration, parseInstant } from "./parse";

test.each([
  [7, 7],
  ["7", 7],
  ["1,234,567", 1_234_567],
  ["1.234", 1_234],
  ["1 234", 1_234],
  ["many", undefined],
  [null, undefined],
])("reads %j as an amount", (value, wanted) => {
  expect(amount.parse(value)).toBe(wanted);
});

test.each([
  ["8h0m0s", 28_800],
  ["10m0s", 600],
  ["1.5h", 5_400],
  ["0s", undefined],
  ["", undefined],
  ["8 hours", undefined],
])("reads %j as a duration", (text, seconds) => {
  expect(parseGoDuration(text)).toBe(seconds);
});

test.each([
  ["2026-09-21T14:00:00+02:00", 1_789_992_000],
  ["0001-01-01T00:00:00Z", undefined],
  ["soon", undefined],
])("reads %j as an instant", (text, at) => {
  expect(parseInstant(text)).toBe(at);
});
