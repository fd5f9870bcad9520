import { expect, test } from "vitest";
import { toCsv, toJson } from "./chart-export";

const line = (label: string, avg: (number | null)[]) => ({ key: label, label, avg, min: avg, max: avg });
const content = {
  title: "CPU",
  unit: "ratio",
  times: [0, 1_000],
  lines: [line("sda", [0.5, null]), line('=cmd"', [-1, 2])],
};

test("a gap is an empty cell, and text that would be a formula is not one", () => {
  expect(toCsv(content).split("\r\n")).toEqual([
    'time,sda avg (ratio),sda min (ratio),sda max (ratio),"\'=cmd"" avg (ratio)","\'=cmd"" min (ratio)","\'=cmd"" max (ratio)"',
    "1970-01-01T00:00:00.000Z,0.5,0.5,0.5,-1,-1,-1",
    "1970-01-01T00:00:01.000Z,,,,2,2,2",
  ]);
});

test("JSON keeps columns and gaps", () => {
  expect(JSON.parse(toJson(content))).toMatchObject({
    unit: "ratio",
    times: [0, 1_000],
    lines: [{ label: "sda", avg: [0.5, null] }, {}],
  });
});
