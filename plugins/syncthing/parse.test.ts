import { expect, test } from "vitest";
import { parseInstant } from "./parse";

test.each([
  ["2026-11-26T07:56:10Z", 1_795_679_770],
  ["2026-11-26T08:56:10.123456789+01:00", 1_795_679_770.123],
  ["1970-01-01T00:00:00Z", undefined],
  ["1970-01-01T01:00:00+01:00", undefined],
  ["0001-01-01T00:00:00Z", undefined],
  ["", undefined],
])("reads %j", (text, at) => {
  expect(parseInstant(text)).toBe(at);
});
