import { describe, expect, test } from "vitest";
import type { RawReading } from "../../plugins/sdk/collect";
import type { MetricSpec, Metrics } from "../../plugins/sdk/plugin";
import { validateReadings } from "./validate";

const metrics: Metrics = {
  load: { kind: "gauge", unit: "count", description: "", min: 0, max: 1_000 },
  up: { kind: "gauge", unit: "bool", description: "" },
  sent_total: { kind: "counter", unit: "bytes", description: "", labels: ["b", "a"] },
  used_ratio: { kind: "share", unit: "ratio", description: "" },
  boot_timestamp_seconds: { kind: "gauge", unit: "timestamp_seconds", description: "" },
};
const validate = (...raw: Partial<RawReading>[]) =>
  validateReadings(
    { metrics },
    raw.map((reading) => ({ metric: "load", value: 1, labels: {}, ...reading })),
  );

test("takes what is declared, labels in order", () => {
  const { readings, refused } = validate({}, { metric: "sent_total", value: 3, labels: { b: "2", a: "1" } });
  expect(refused).toBe(0);
  expect(readings[1]).toMatchObject({ key: 'sent_total{"a":"1","b":"2"}', value: 3 });
});

test.each<[Partial<RawReading>, string]>([
  [{ metric: "nope" }, "nope is not declared by the plugin."],
  [{ metric: "constructor" }, "constructor is not declared by the plugin."],
  [{ value: Number.NaN }, "load is not finite."],
  [{ value: Number.POSITIVE_INFINITY }, "load is not finite."],
  [{ value: -1 }, "load is below 0 (-1)."],
  [{ value: 1e9 }, "load is above 1000 (1000000000)."],
  [{ metric: "up", value: 2 }, "up is neither 0 nor 1 (2)."],
  [{ metric: "sent_total", value: -5, labels: { a: "", b: "" } }, "sent_total (a=, b=) is a negative total (-5)."],
  [
    { metric: "sent_total", labels: { a: "x\0", b: "" } },
    "sent_total (a=x\0, b=) has a label a that is no proper text.",
  ],
  [
    { metric: "sent_total", labels: { a: "🏠", b: "\ud83c" } },
    "sent_total (a=🏠, b=\ud83c) has a label b that is no proper text.",
  ],
  [{ metric: "sent_total", labels: { a: "1" } }, "sent_total (a=1) has the labels a instead of b, a."],
  [{ labels: { extra: "x" } }, "load (extra=x) has the labels extra instead of none."],
  [{ metric: "used_ratio", value: 0.5 }, "used_ratio needs a part and a whole."],
  [{ metric: "used_ratio", value: { part: Number.NaN, whole: 1 } }, "used_ratio is not finite."],
  [
    { metric: "boot_timestamp_seconds", value: 1_790_000_000_000 },
    "boot_timestamp_seconds is no plausible instant (1790000000000).",
  ],
])("refuses %o", (reading, remark) => {
  const { readings, refused, remarks } = validate(reading);
  expect(readings).toEqual([]);
  expect(refused).toBe(1);
  expect(remarks).toEqual([remark]);
});

test("refuses the second of two equal series and keeps the first", () => {
  const { readings, remarks } = validate({ value: 1 }, { value: 2 });
  expect(readings.map(({ value }) => value)).toEqual([1]);
  expect(remarks).toEqual(["load was reported twice."]);
});

test("counts every refusal, tells the first twenty", () => {
  const { refused, remarks } = validate(...Array.from({ length: 50 }, () => ({ value: Number.NaN })));
  expect(refused).toBe(50);
  expect(remarks).toHaveLength(20);
});

describe("metrics that a plugin found", () => {
  const found = (name: string) =>
    /^(node_|__)/.test(name) ? ({ kind: "gauge", unit: "bytes", description: "" } as const) : undefined;
  const take = (metric: string, labels: Record<string, string> = {}, value = 1) =>
    validateReadings({ metrics: { up: metrics.up as MetricSpec }, metricOf: found }, [{ metric, labels, value }]);

  test("are taken with the labels that they have", () => {
    const { readings } = take("node_memory_MemFree_bytes", { zone: "a", Node: "1" }, 7);
    expect(readings).toMatchObject([{ metric: "node_memory_MemFree_bytes", value: 7, spec: { unit: "bytes" } }]);
  });

  test.each([
    ["a name that begins like those of JavaScript", "__proto__", {}, 1, "is not declared by the plugin"],
    ["a label that does", "node_x", Object.fromEntries([["__proto__", "a"]]), 1, "may not be called __proto__"],
    ["one that it does not know", "other_bytes", {}, 1, "is not declared by the plugin"],
    ["a name that is none", "node_é", {}, 1, "is not declared by the plugin"],
    ["a name without an end", `node_${"x".repeat(200)}`, {}, 1, "is not declared by the plugin"],
    ["a label that is Unity's own", "node_x", { host: "a" }, 1, "has a label that may not be called host"],
    ["a label with no proper name", "node_x", { "a b": "" }, 1, "has a label that may not be called a b"],
    [
      "labels without an end",
      "node_x",
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`l${i}`, ""])),
      1,
      "has 40 labels",
    ],
    ["a label value that no database keeps", "node_x", { a: "\0" }, 1, "no proper text"],
    ["what is no number", "node_x", {}, Number.NaN, "is not finite"],
    ["a declared one with other labels", "up", { a: "1" }, 1, "instead of none"],
  ])("%s is refused", (_, metric, labels, value, remark) => {
    const { readings, remarks } = take(metric, labels, value);
    expect(readings).toEqual([]);
    expect(remarks.join()).toContain(remark);
  });
});
