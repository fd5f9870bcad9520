import type { OpenAlert } from "@/components/data/outputs";

/** A firing alert, for tests. */
export const openAlert = (more: Partial<OpenAlert> = {}): OpenAlert => ({
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
  worst: 0.93,
  series: null,
  phase: "firing",
  since: 1_000,
  firedAt: 1_000,
  acknowledged: null,
  snoozedUntil: null,
  mutedBy: null,
  flapping: false,
  ...more,
});
