import type { PastAlert } from "@/components/data/outputs";

/** An alert of the past, for tests. */
export const pastAlert = (more: Partial<PastAlert> = {}): PastAlert => ({
  id: "01",
  ruleId: "disk/disk_full",
  ruleName: "Disk full",
  instanceId: "i1",
  instanceName: "nas",
  host: "attic",
  plugin: "disk",
  labels: { mount: "/srv" },
  severity: "critical",
  summary: "{{mount}} on {{instance}} is {{value}} full",
  metric: "disk_used_ratio",
  unit: "ratio",
  value: 0.93,
  limit: 0.9,
  worst: 0.97,
  firedAt: Date.UTC(2026, 10, 26, 3, 10),
  endedAt: Date.UTC(2026, 10, 26, 3, 40),
  cause: "measured",
  endedBy: null,
  acknowledged: null,
  notes: [],
  ...more,
});
