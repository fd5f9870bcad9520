import { expect, test } from "vitest";
import { colourLabels, SERIES_COLOURS } from "./series-colour";

test("a label has its colour on every chart, whatever stands beside it in the list", () => {
  const alone = colourLabels(["sda"]).get("sda");
  expect(colourLabels(["sda"]).get("sda")).toBe(alone);
  expect(colourLabels(["sdb", "sda"])).toEqual(colourLabels(["sda", "sdb"]));
});

test("up to eight labels differ", () => {
  const labels = Array.from({ length: SERIES_COLOURS }, (_, index) => `eth${index}`);
  expect(new Set(colourLabels(labels).values()).size).toBe(SERIES_COLOURS);
});

test("more than eight repeat evenly", () => {
  const colours = [...colourLabels(Array.from({ length: 16 }, (_, index) => `cpu${index}`)).values()];
  for (let colour = 1; colour <= SERIES_COLOURS; colour += 1)
    expect(colours.filter((one) => one === colour)).toHaveLength(2);
});

test("a line without labels takes the accent", () => {
  expect(colourLabels([""]).get("")).toBe(1);
});
