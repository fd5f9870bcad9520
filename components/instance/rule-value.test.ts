import { expect, test } from "vitest";
import { testRule } from "@/components/alerts/rules/test-rule";
import type { RulePart, SeriesInfo } from "@/components/data/outputs";
import { ruleValue } from "./rule-value";

const rule = (part: object = {}) =>
  testRule({
    parts: [
      {
        kind: "value",
        metric: "used",
        where: [],
        take: { kind: "last" },
        is: "above",
        limit: 0.9,
        ...part,
      } as RulePart,
    ],
  });
const used = (mount: string, value: number): SeriesInfo => ({
  series: 1,
  metric: "used",
  labels: { device: "sda", mount },
  latest: { at: 0, value },
});
const metrics = [
  {
    name: "used",
    kind: "gauge" as const,
    unit: "ratio",
    storedUnit: "ratio",
    description: "",
    labels: ["mount", "device"],
    everySeconds: null,
  },
];
const both = [used("/", 0.5), used("/srv", 0.95)];

test("the series furthest beyond the limit is told, by the label that says most", () => {
  expect(ruleValue(rule(), both, metrics)).toEqual({ value: 0.95, metric: "used", of: "/srv", beyond: true });
  expect(ruleValue(rule({ is: "below", limit: 0.1 }), both, metrics)).toMatchObject({
    value: 0.5,
    of: "/",
    beyond: false,
  });
  expect(ruleValue(rule({ is: "equal", limit: 0.5 }), both, metrics)).toMatchObject({ value: 0.5, beyond: true });
  expect(ruleValue(rule({ is: "unequal", limit: 0.5 }), both, metrics)).toMatchObject({ value: 0.95, beyond: true });
  expect(ruleValue(rule({ is: "outside", limit: 0.6, upper: 1 }), both, metrics)).toMatchObject({
    value: 0.5,
    beyond: true,
  });
});

test("only the series that the rule is about count", () => {
  const where = [{ label: "mount", op: "is" as const, value: "/" }];
  expect(ruleValue(rule({ where }), both, metrics)).toMatchObject({ value: 0.5, beyond: false });
  expect(ruleValue(rule({ where: [{ label: "mount", op: "is_not", value: "/srv" }] }), both, metrics)).toMatchObject({
    value: 0.5,
  });
});

test("a rule about more than a value, and one without a measurement, have none", () => {
  expect(ruleValue(rule({ take: { kind: "increase", seconds: 60 } }), both, metrics)).toBeNull();
  expect(ruleValue(rule({ limit: { metric: "limit", times: 1 } }), both, metrics)).toBeNull();
  expect(ruleValue(testRule({ parts: [{ kind: "failing", runs: 2 }] }), both, metrics)).toBeNull();
  expect(ruleValue(rule(), [], metrics)).toBeNull();
});
