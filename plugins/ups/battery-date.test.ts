import { expect, test } from "vitest";
import { parseBatteryDate } from "./battery-date";

test.each([
  ["2024-03-01", "2024-03-01"],
  ["2024/03/01", "2024-03-01"],
  ["03/15/24", "2024-03-15"],
  ["15/03/2024", "2024-03-15"],
  ["12/31/99", "1999-12-31"],
  ["2024-03-01 10:00:00 +0200", "2024-03-01"],
])("%s is %s", (text, day) => {
  expect(parseBatteryDate(text)).toBe(Date.parse(day));
});

test.each([[undefined], [""], ["not set"], ["CPS"], ["2024-02-31"], ["1899-01-01"], ["13/13/2020"], ["1/1/1"], ["0"]])(
  "%s is no date",
  (text) => {
    expect(parseBatteryDate(text)).toBeUndefined();
  },
);
