import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

type Rule = AlertSpec<keyof typeof metrics>;

const DANGERS = [
  ["smoke", "Smoke"],
  ["gas", "Gas"],
  ["carbon_monoxide", "Carbon monoxide"],
  ["moisture", "Water"],
  ["safety", "Danger"],
] as const;

export const alerts: readonly Rule[] = [
  {
    id: "ha_unavailable",
    metric: "homeassistant_unavailable_ratio",
    when: { above: 0.1 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{value}} of the entities of {{instance}} are unavailable.",
  },
  {
    id: "ha_battery_low",
    metric: "homeassistant_batteries_low",
    when: { above: 0 },
    forSeconds: hours(1),
    severity: "warning",
    summary: "{{value}} batteries of {{instance}} are low.",
  },
  ...DANGERS.map(
    ([device_class, word]): Rule => ({
      id: `ha_problem_${device_class}`,
      metric: "homeassistant_problems",
      when: { above: 0 },
      where: { device_class },
      severity: "critical",
      summary: `${word}: {{value}} sensors of {{instance}} report it.`,
    }),
  ),
  {
    id: "ha_update",
    metric: "homeassistant_updates_available",
    when: { above: 0 },
    forSeconds: hours(24),
    severity: "info",
    summary: "{{value}} updates wait in {{instance}}.",
  },
];
