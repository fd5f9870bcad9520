import { expect, test } from "vitest";
import type { InstanceSummary, Rule } from "@/components/data/outputs";
import { groupRules } from "./group-rules";

const rule = (instanceId: string, threshold: number): Rule => ({
  id: "pg_connections",
  instanceId,
  instanceName: instanceId,
  plugin: "postgres",
  pluginName: "PostgreSQL",
  metric: "postgres_connections_ratio",
  comparison: "above",
  threshold,
  thresholdMetric: null,
  times: 1,
  where: {},
  over: null,
  forSeconds: 300,
  unit: "ratio",
  severity: "warning",
  summary: "{{instance}} uses {{value}} of its connections.",
});
const instance = (id: string, enabled = true): InstanceSummary => ({
  id,
  plugin: "postgres",
  pluginName: "PostgreSQL",
  category: "database",
  name: id,
  host: "nas",
  target: "",
  enabled,
  intervalSeconds: 30,
  tags: [],
  status: {
    instanceId: id,
    health: "healthy",
    since: 0,
    lastRunAt: null,
    lastSuccessAt: null,
    reason: null,
    message: null,
    hint: null,
    consecutiveErrors: 0,
  },
});
const watching = (rules: Rule[], instances: InstanceSummary[]) =>
  groupRules(rules, instances).map(({ watches, summary }) => ({ titles: watches.map(({ title }) => title), summary }));

test("instances that a rule watches in the same way share a row", () => {
  expect(watching([rule("a", 0.8), rule("b", 0.8)], [instance("a"), instance("b")])).toEqual([
    { titles: ["a", "b"], summary: "[instance] uses [value] of its connections." },
  ]);
});

test("another threshold is another row, which names its instance", () => {
  expect(watching([rule("a", 0.8), rule("b", 0.9)], [instance("a"), instance("b")])).toEqual([
    { titles: ["a"], summary: "a uses [value] of its connections." },
    { titles: ["b"], summary: "b uses [value] of its connections." },
  ]);
});

test("a paused instance is watched by nothing", () => {
  expect(watching([rule("a", 0.8)], [instance("a", false)])).toEqual([]);
});
