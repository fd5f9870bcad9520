import { expect, test } from "vitest";
import { ruleWords, summaryWords } from "./rule-words";

const base = {
  metric: "disk_used_ratio",
  comparison: "above",
  threshold: 0.9,
  thresholdMetric: null,
  times: 1,
  where: {},
  over: null,
  forSeconds: 300,
  unit: "ratio",
} as const;

test.each([
  [{}, "Disk used above 90% for 5 min"],
  [{ forSeconds: 0 }, "Disk used above 90%"],
  [{ where: { mount: "/srv" } }, "Disk used (mount /srv) above 90% for 5 min"],
  [
    { metric: "raid_healthy", comparison: "equals", threshold: 0, unit: "bool", forSeconds: 60 },
    "RAID healthy is no for 1 min",
  ],
  [
    { metric: "network_receive_errors_total", threshold: 1, unit: "count_per_second", forSeconds: 600 },
    "Network receive errors above 1 /s for 10 min",
  ],
  [
    {
      metric: "certificate_remaining_seconds",
      comparison: "below",
      threshold: 604_800,
      unit: "seconds",
      forSeconds: 0,
    },
    "Certificate remaining below 7 d",
  ],
  [
    {
      metric: "network_conntrack_entries",
      threshold: null,
      thresholdMetric: "network_conntrack_limit",
      times: 0.9,
      unit: "count",
    },
    "Network conntrack entries above 90% of the network conntrack limit for 5 min",
  ],
  [
    {
      metric: "disk_readonly",
      threshold: 0,
      unit: "bool",
      over: { kind: "increase", seconds: 86_400 },
      forSeconds: 60,
    },
    "Disk readonly increased within 1 d for 1 min",
  ],
  [
    {
      metric: "postgres_replicas",
      comparison: "below",
      threshold: 0,
      unit: "count",
      over: { kind: "increase", seconds: 86_400 },
    },
    "Postgres replicas decreased within 1 d for 5 min",
  ],
  [
    {
      metric: "docker_container_restarts_total",
      threshold: 3,
      unit: "count",
      over: { kind: "increase", seconds: 900 },
      forSeconds: 0,
    },
    "Docker container restarts increased by more than 3 within 15 min",
  ],
  [
    { metric: "endpoint_up", threshold: 4, unit: "bool", over: { kind: "changes", seconds: 3_600 }, forSeconds: 0 },
    "Endpoint up changed more than 4 times within 1 h",
  ],
  [
    {
      metric: "disk_available_bytes",
      comparison: "below",
      threshold: 1,
      unit: "bytes",
      over: { kind: "forecast", seconds: 86_400 },
      forSeconds: 0,
    },
    "Disk available forecast to run out within 1 d",
  ],
] as const)("%j reads %j", (change, words) => {
  expect(ruleWords({ ...base, ...change })).toBe(words);
});

test("a summary names the instance, and leaves open what only a firing alert knows", () => {
  expect(summaryWords("{{mount}} on {{instance}} is {{value}} full.", "nas")).toBe("[mount] on nas is [value] full.");
  expect(summaryWords("{{instance}} is down.", null)).toBe("[instance] is down.");
});
