import { expect, test } from "vitest";
import { countSamples, END_AT, generateSamples, type Kind, nameSeries, SERIES, START_AT, STEP_MS } from "./samples";

test("the sizes have a million, ten million and sixty million samples", () => {
  expect([countSamples("d1"), countSamples("d10"), countSamples("d61")]).toEqual([1_001_916, 10_003_320, 60_840_000]);
});

test("the kinds are mixed as in the measured design, in all series and in the first twenty", () => {
  const share = (kind: Kind, count: number) =>
    Array.from({ length: count }, (_, index) => nameSeries(index + 1)).filter((names) => names.kind === kind).length /
    count;
  const kinds = ["constant", "counter", "gauge", "noise", "status"] as const;
  for (const count of [20, SERIES])
    expect(kinds.map((kind) => share(kind, count))).toEqual([0.2, 0.25, 0.3, 0.15, 0.1]);
});

test("samples come in order of their instants, each series at its own tick, as many as are promised, with values of their kind", () => {
  const ticks = new Map<number, number>();
  let before = START_AT;
  let count = 0;
  for (const { series, at, value } of generateSamples("d1")) {
    series.forEach((id, index) => {
      const instant = at[index] ?? Number.NaN;
      const number = value[index] ?? Number.NaN;
      const last = ticks.get(id);
      const isFine =
        instant >= before && (last === undefined || instant === last + STEP_MS) && isOf(nameSeries(id).kind, number);
      if (!isFine) throw new Error(`Series ${id} has ${number} at ${instant}, after ${last}.`);
      ticks.set(id, instant);
      before = instant;
    });
    count += series.length;
  }
  expect(count).toBe(countSamples("d1"));
  expect([ticks.size, ...ticks.values()].every((value) => value < END_AT)).toBe(true);
});

test("they are the same every time", () => {
  const first = generateSamples("d1", 100).next().value;
  expect(generateSamples("d1", 100).next().value).toEqual(first);
});

function isOf(kind: Kind, value: number): boolean {
  if (kind === "status") return value === 0 || value === 1;
  if (kind === "gauge") return value >= 0 && value <= 100 && Math.round(value * 100) / 100 === value;
  if (kind === "noise") return value > 0 && value < 1;
  return Number.isSafeInteger(value) && value >= 0;
}
