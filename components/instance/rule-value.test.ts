import { expect, test } from "vitest";
import type { Rule, SeriesInfo } from "@/components/data/outputs";
import { ruleValue } from "./rule-value";

const rule = (rest: Partial<Rule>): Rule => ({
  id: "r",
  instanceId: null,
  instanceName: null,
  plugin: "disk",
  pluginName: "Disk",
  metric: "used",
  comparison: "above",
  threshold: 0.9,
  thresholdMetric: null,
  times: 1,
  where: {},
  over: null,
  forSeconds: 0,
  unit: "ratio",
  severity: "warning",
  summary: "",
  ...rest,
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
  expect(ruleValue(rule({}), both, metrics)).toEqual({ value: 0.95, of: "/srv", beyond: true });
  expect(ruleValue(rule({ comparison: "below", threshold: 0.1 }), both, metrics)).toEqual({
    value: 0.5,
    of: "/",
    beyond: false,
  });
  expect(ruleValue(rule({ comparison: "equals", threshold: 0.5 }), both, metrics)).toMatchObject({ beyond: true });
});

test("only the series that the rule is about count", () => {
  expect(ruleValue(rule({ where: { mount: "/" } }), both, metrics)).toMatchObject({ value: 0.5, beyond: false });
});

test("a rule about more than a value, and one without a measurement, have none", () => {
  expect(ruleValue(rule({ over: { kind: "increase", seconds: 60 } }), both, metrics)).toBeNull();
  expect(ruleValue(rule({ threshold: null, thresholdMetric: "limit" }), both, metrics)).toBeNull();
  expect(ruleValue(rule({}), [], metrics)).toBeNull();
});
