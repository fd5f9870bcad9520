import { expect, test } from "vitest";
import { type Situation, suggest } from "./advice";

const calm: Situation = {
  ...{ plugin: null, metric: null, labels: {}, unit: "count", instanceName: "nas", host: "nas" },
  ...{ current: null, threshold: null, baseline: null, trend: null, moved: [], failure: null, failingBeside: [] },
};
const heading = {
  direction: "rising",
  perHour: 1,
  overSeconds: 3_600,
  secondsToThreshold: 7_200,
  sentence: "It rises.",
} as const;
const usual = { median: 1, spread: 1, days: 7, distance: 0.5, sentence: "As always." };
const moved = {
  ...{ instance: { id: "a", name: "a", host: "nas" }, metric: "m", unit: "count", labels: {} },
  ...{ before: 1, now: 9, score: 5, sentence: "m rose." },
};

test.each<[string, Partial<Situation>]>([
  ["host-down", { failure: { message: "No answer.", hint: "Try." }, failingBeside: ["Pi-hole"] }],
  ["cannot-ask", { failure: { message: "No answer.", hint: "Try." } }],
  ["disk-filling", { metric: "disk_used_ratio", trend: heading }],
  ["disk-full", { metric: "disk_used_ratio" }],
  ["disk-filling", { metric: "storage_pool_used_ratio", trend: heading }],
  ["inodes", { metric: "disk_inodes_used_ratio", trend: heading }],
  ["disk-read-only", { metric: "disk_readonly" }],
  ["memory", { metric: "system_memory_used_ratio" }],
  ["memory", { metric: "docker_container_memory_working_set_bytes", labels: { container: "immich" } }],
  ["container-restarts", { metric: "docker_container_restarts_total" }],
  ["certificate", { metric: "certificate_remaining_seconds" }],
  ["backup", { metric: "backup_healthy" }],
  ["ups", { metric: "ups_on_battery" }],
  ["smart", { metric: "smart_pending_sectors" }],
  ["temperature", { metric: "temperature_highest_celsius" }],
  ["busy", { metric: "system_cpu_usage_ratio", moved: [moved] }],
  ["as-always", { metric: "system_cpu_usage_ratio", baseline: usual }],
  ["look-at-moved", { metric: "something_else", moved: [moved] }],
  ["watch", { metric: "something_else" }],
])("says %s", (id, situation) => {
  const suggestion = suggest({ ...calm, ...situation });
  expect(suggestion.id).toBe(id);
  expect(suggestion.text.length).toBeGreaterThan(2);
});

test("what it rests on is said beside it", () => {
  const threshold = { value: 5, text: "5", comparison: "above" } as const;
  const all = { ...calm, current: { value: 9, text: "9" }, threshold, baseline: usual, trend: heading, moved: [moved] };
  expect(suggest(all).evidence).toEqual([
    "It is 9; the rule fires when it is above 5.",
    "As always.",
    "It rises.",
    "m rose.",
  ]);
});
