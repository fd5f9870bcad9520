import type { Metrics } from "../sdk";

const gauge = { kind: "gauge", unit: "count" } as const;
const perDomain = { ...gauge, labels: ["domain"] } as const;

export const metrics = {
  homeassistant_entities: { ...perDomain, description: "Entities by domain, without the ignored ones." },
  homeassistant_entities_unavailable: { ...perDomain, description: "Of them, those whose device does not answer." },
  homeassistant_entities_unknown: { ...perDomain, description: "Of them, those whose state is not known yet." },
  homeassistant_unavailable_ratio: {
    kind: "gauge",
    unit: "ratio",
    min: 0,
    max: 1,
    description: "Share of all entities that are unavailable.",
  },
  homeassistant_automations: {
    ...gauge,
    labels: ["state"],
    description: "Automations that are on, off or unavailable.",
  },
  homeassistant_automation_last_triggered_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["automation"],
    description: "When the automation last ran; the latest ones first.",
  },
  homeassistant_updates_available: { ...gauge, description: "Updates that wait." },
  homeassistant_update_available: {
    kind: "gauge",
    unit: "bool",
    labels: ["title"],
    description: "1 for each update that waits. Absent for what is up to date.",
  },
  homeassistant_battery_ratio: {
    kind: "gauge",
    unit: "ratio",
    min: 0,
    max: 1,
    labels: ["entity"],
    description: "Charge of a battery; the lowest ones first.",
  },
  homeassistant_batteries_low: {
    ...gauge,
    description: "Batteries below the limit of the settings, or that say so themselves.",
  },
  homeassistant_problems: {
    ...gauge,
    labels: ["device_class"],
    description: "Sensors that report trouble: problem, safety, smoke, gas, carbon monoxide, moisture.",
  },
  homeassistant_persons_home: { ...gauge, description: "Persons who are at home." },
  homeassistant_components: { ...gauge, description: "Components that are loaded." },
  homeassistant_running: {
    kind: "gauge",
    unit: "bool",
    description: "1 when Home Assistant is fully started, and not in recovery mode.",
  },
  homeassistant_entity_value: {
    ...gauge,
    labels: ["entity", "unit"],
    description: "Value of a charted entity; on, open and home are 1, off, closed and away are 0.",
  },
  homeassistant_states_response_bytes: {
    kind: "gauge",
    unit: "bytes",
    description: "Size of the list of all states.",
  },
  homeassistant_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more batteries, automations, updates or domains than the limit.",
  },
  homeassistant_info: {
    kind: "info",
    unit: "count",
    labels: ["version", "location_name"],
    description: "Version, and the name of the home.",
  },
} as const satisfies Metrics;
