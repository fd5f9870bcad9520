import { expect, test } from "vitest";
import { columnsOf, fieldText, filterRows, valueText } from "./inventory-text";

test.each([
  ["sizeBytes", "Size", "bytes"],
  ["fileSystems", "File systems", null],
  ["ipv4", "IPv4", null],
  ["mtuBytes", "MTU", null],
  ["gatewayInterface", "Gateway interface", null],
  ["bootedAtTimestampSeconds", "Booted at", "timestamp_seconds"],
  ["compose_project", "Compose project", null],
  ["cpuModel", "CPU model", null],
])("%s is %s in %s", (key, title, unit) => {
  expect(fieldText(key)).toEqual({ title, unit });
});

test.each([
  [1_500, null, "1500"],
  [1_073_741_824, "bytes", "1 GiB"],
  [true, null, "yes"],
  [null, "bytes", "–"],
  ["", null, "–"],
  ["<b>&amp;", null, "<b>&amp;"],
] as const)("%j in %s reads %s", (value, unit, text) => {
  expect(valueText(value, unit, 0)).toBe(text);
});

test("columns are what some row fills, in the order they come", () => {
  expect(
    columnsOf([
      { a: 1, b: null, c: "" },
      { d: false, a: 2 },
    ]),
  ).toEqual(["a", "d"]);
});

test("the search looks for every word in any value", () => {
  const rows = [
    { name: "web", image: "nginx" },
    { name: "db", image: "postgres" },
  ];
  expect(filterRows(rows, "DB post")).toEqual([rows[1]]);
  expect(filterRows(rows, "")).toBe(rows);
});
