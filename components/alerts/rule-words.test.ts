import { expect, test } from "vitest";
import type { RulePart } from "@/components/data/outputs";
import { conditionWords, endWords, ruleWords, summaryWords } from "./rule-words";

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

const units = {
  disk_used_ratio: { unit: "ratio", ownUnit: "ratio", kind: "gauge" },
  disk_read_bytes_total: { unit: "bytes_per_second", ownUnit: "bytes", kind: "counter" },
  sensor_celsius: { unit: "celsius", ownUnit: "celsius", kind: "gauge" },
  raid_healthy: { unit: "bool", ownUnit: "bool", kind: "gauge" },
};
const value = (more: object) =>
  ({
    kind: "value",
    metric: "disk_used_ratio",
    where: [],
    take: { kind: "last" },
    is: "above",
    limit: 0.9,
    ...more,
  }) as RulePart;
const celsius = (more: object) => value({ metric: "sensor_celsius", ...more });

test.each([
  [value({ take: { kind: "avg", seconds: 600 } }), "Disk used averaged over 10 min above 90%"],
  [value({ take: { kind: "max", seconds: 600 } }), "Disk used at its highest within 10 min above 90%"],
  [value({ take: { kind: "p95", seconds: 3_600 } }), "Disk used at its 95th percentile over 1 h above 90%"],
  [celsius({ is: "outside", limit: 10, upper: 30 }), "Sensor outside 10 °C to 30 °C"],
  [value({ metric: "raid_healthy", is: "unequal", limit: 1 }), "RAID healthy is not yes"],
  [
    value({ metric: "disk_read_bytes_total", take: { kind: "increase", seconds: 3_600 }, limit: 2 ** 30 }),
    "Disk read increased by more than 1 GiB within 1 h",
  ],
  [
    value({ take: { kind: "changes", seconds: 3_600 }, is: "below", limit: 2 }),
    "Disk used changed less than 2 times within 1 h",
  ],
  [celsius({ take: { kind: "rate", seconds: 600 }, limit: 1 }), "Sensor rising by more than 1 °C a second over 10 min"],
  [
    celsius({ take: { kind: "rate", seconds: 600 }, is: "below", limit: -2 }),
    "Sensor falling by more than 2 °C a second over 10 min",
  ],
  [
    value({ take: { kind: "ratio", days: 7 }, limit: 2 }),
    "Disk used above 200% of what is usual at this hour (7 days)",
  ],
  [
    value({ take: { kind: "score", days: 7 }, limit: 4 }),
    "Disk used more than 4 deviations above what is usual at this hour (7 days)",
  ],
  [
    value({
      where: [
        { label: "mount", op: "like", value: "/srv/*" },
        { label: "device", op: "is_not", value: "sda" },
      ],
    }),
    "Disk used (mount like /srv/*, device not sda) above 90%",
  ],
  [
    { kind: "absent", metric: "disk_used_ratio", where: [], seconds: 300 } as RulePart,
    "Disk used has said nothing for 5 min",
  ],
  [{ kind: "failing", runs: 3 } as RulePart, "3 runs in a row failed"],
])("%j reads %j", (part, words) => {
  expect(conditionWords({ parts: [part], join: "all", forSeconds: 0 }, units)).toBe(words);
});

test("several conditions are one sentence", () => {
  const parts = [value({}), { kind: "failing", runs: 1 } as RulePart];
  expect(conditionWords({ parts, join: "all", forSeconds: 60 }, units)).toBe(
    "Disk used above 90% and a run failed, for 1 min",
  );
  expect(conditionWords({ parts, join: "any", forSeconds: 0 }, units)).toBe("Disk used above 90% or a run failed");
});

test("it says when it is over, where that is something else than not so any more", () => {
  expect(endWords({ parts: [value({})], keepFiringSeconds: 0 }, units)).toBe("");
  expect(endWords({ parts: [value({})], keepFiringSeconds: 300 }, units)).toBe(
    "Over once it has not been so for 5 min.",
  );
  expect(endWords({ parts: [value({ clear: 0.85 })], keepFiringSeconds: 300 }, units)).toBe(
    "Over once it is 85% or less for 5 min.",
  );
});
