import { expect, test } from "vitest";
import type { MetricSpec, Share } from "../../plugins/sdk/plugin";
import { createRateBook } from "./rates";

const counter: MetricSpec = { kind: "counter", unit: "bytes", description: "" };
const gauge: MetricSpec = { kind: "gauge", unit: "bytes", description: "" };
const share: MetricSpec = { kind: "share", unit: "ratio", description: "" };
const reading = (spec: MetricSpec, value: number | Share, key = "m") => ({ spec, value, key, metric: key, labels: {} });

/** Feeds values ten seconds apart and returns what is stored of each. */
function feed(spec: MetricSpec, values: (number | Share)[]): (number | undefined)[] {
  const rates = createRateBook();
  return values.map((value, index) => rates.apply("i", [reading(spec, value)], index * 10_000)[0]?.value);
}

test("a gauge passes as it is", () => {
  expect(feed(gauge, [5, 3])).toEqual([5, 3]);
});

test("a counter becomes its per-second rate from the second reading on", () => {
  expect(feed(counter, [100, 200, 200])).toEqual([undefined, 10, 0]);
});

test("a counter that drops was reset and grew from zero", () => {
  expect(feed(counter, [1_000, 50, 150])).toEqual([undefined, 5, 10]);
});

test("a share is the part of what the whole grew by", () => {
  expect(
    feed(share, [
      { part: 10, whole: 100 },
      { part: 30, whole: 140 },
      { part: 30, whole: 140 },
      { part: 5, whole: 10 },
      { part: 15, whole: 20 },
    ]),
  ).toEqual([undefined, 0.5, undefined, undefined, 1]);
});

test("two readings of one instant give no rate", () => {
  const rates = createRateBook();
  rates.apply("i", [reading(counter, 1)], 1_000);
  expect(rates.apply("i", [reading(counter, 9)], 1_000)).toEqual([]);
});

test("instances do not share totals, and a forgotten one starts over", () => {
  const rates = createRateBook();
  rates.apply("a", [reading(counter, 100)], 0);
  expect(rates.apply("b", [reading(counter, 500)], 10_000)).toEqual([]);
  rates.forget("a");
  expect(rates.apply("a", [reading(counter, 200)], 10_000)).toEqual([]);
});

test("a total that stays away for long is forgotten", () => {
  const rates = createRateBook();
  rates.apply("i", [reading(counter, 100, "gone")], 0);
  for (let run = 1; run <= 11; run++) rates.apply("i", [], run * 10_000);
  expect(rates.apply("i", [reading(counter, 200, "gone")], 120_000)).toEqual([]);
});

test("the raw total of a counter is known as it was read last, until it is forgotten", () => {
  const rates = createRateBook();
  expect(rates.total("i", "m")).toBeUndefined();
  rates.apply("i", [reading(counter, 100)], 0);
  rates.apply("i", [reading(counter, 40)], 10_000);
  expect(rates.total("i", "m")).toMatchObject({ at: 10_000, value: 40 });
  expect(rates.total("other", "m")).toBeUndefined();
  rates.forget("i");
  expect(rates.total("i", "m")).toBeUndefined();
});
