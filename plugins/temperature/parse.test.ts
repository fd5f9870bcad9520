import { describe, expect, test } from "vitest";
import { cleanName, groupItems, parseCount, parseLimit, parseZone } from "./parse";

describe("files of a chip", () => {
  test("are grouped by sensor, by what they measure and by number", () => {
    const names =
      "uevent name temp10_input temp2_input temp2_crit_alarm fan1_input in0_input pwm1 power1_average".split(" ");
    expect(groupItems(names).map(({ id, quantity }) => [id, quantity])).toEqual([
      ["temp2", "temperature"],
      ["temp10", "temperature"],
      ["fan1", "fan"],
      ["in0", "voltage"],
      ["power1", "power"],
    ]);
    expect([...(groupItems(names)[0]?.attributes ?? [])]).toEqual(["input", "crit_alarm"]);
  });

  test.each([
    ["intrusion0_alarm"],
    ["temp1_max"],
    ["temp_input"],
    ["temp1"],
    ["temp1_input\u202e"],
    ["constructor1_input"],
    ["temp99999_input"],
  ])("%s measures nothing", (name) => {
    expect(groupItems([name])).toEqual([]);
  });
});

test.each([
  ["47000\n", 47_000],
  ["-5250\n", -5_250],
  ["0", 0],
  ["", undefined],
  ["\n", undefined],
  ["1.5", undefined],
  ["0x2a", undefined],
  ["1e9", undefined],
  ["4 2", undefined],
  ["99999999999999999999", undefined],
  [undefined, undefined],
])("the count of %j is %j", (text, expected) => {
  expect(parseCount(text)).toBe(expected);
});

test.each([
  ["52582\n", 52.582],
  ["51\n", 51],
  ["0\n", 0],
  ["-3000\n", -3],
  ["-274000\n", -274],
  ["warm", undefined],
])("a zone's %j is %j °C", (text, expected) => {
  expect(parseZone(text)).toBe(expected);
});

test.each([
  [80, 80],
  [69.85, 69.85],
  [150, 150],
  [0, undefined],
  [-40, undefined],
  [-273.15, undefined],
  [127, undefined],
  [65_261.85, undefined],
  [Number.NaN, undefined],
  [undefined, undefined],
])("the limit %j counts as %j", (limit, expected) => {
  expect(parseLimit(limit)).toBe(expected);
});

test.each([
  ["Package id 0\n", "Package id 0"],
  ["Samsung SSD 990 PRO 2TB                 \n", "Samsung SSD 990 PRO 2TB"],
  ["a\u202eb\u0000\nc", "a b c"],
  [" \u200b\n", ""],
  ["\ud800x", "x"],
  ["é".repeat(300), "é".repeat(100)],
  [undefined, ""],
])("%j is shown as %j", (text, expected) => {
  expect(cleanName(text)).toBe(expected);
});
