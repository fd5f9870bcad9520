import type { RuleSummary, RuleView } from "@/components/data/outputs";

/** For tests only: a rule as the server describes it. */
export const testRule = (change: Partial<RuleView> = {}): RuleView => ({
  id: "r1",
  origin: "person",
  name: "Disk full",
  enabled: true,
  scope: { kind: "all" },
  parts: [{ kind: "value", metric: "disk_used_ratio", where: [], take: { kind: "last" }, is: "above", limit: 0.9 }],
  join: "all",
  forSeconds: 0,
  keepFiringSeconds: 0,
  whenGone: "resolve",
  severity: "warning",
  summary: "{{mount}} on {{instance}} is {{value}} full.",
  note: "",
  runbook: "",
  labels: {},
  channels: [],
  ...change,
});

export const testSummary = (change: Partial<RuleSummary> = {}): RuleSummary => ({
  rule: testRule(),
  plugin: null,
  pluginName: null,
  units: { disk_used_ratio: { unit: "ratio", ownUnit: "ratio", kind: "gauge" } },
  watches: 1,
  off: 0,
  overrides: 0,
  differs: false,
  firing: 0,
  ...change,
});
