import { expect, test } from "vitest";
import { z } from "zod";
import { definePlugin } from "../plugins/sdk";
import { absenceOf, downFrom } from "./alert-facts";
import type { Instance } from "./collect/instance";

const NOW = 1_790_000_000_000;
const PROBES = definePlugin({
  id: "probes",
  name: "Probes",
  summary: "Probes.",
  category: "network",
  tier: 1,
  kind: "network",
  intervalSeconds: 60,
  timeoutMs: 1_000,
  config: z.object({}),
  metrics: { up: { kind: "gauge", unit: "bool", labels: ["endpoint"], description: "Up." } },
  alerts: [
    { id: "gone", metric: "up", when: { equals: 0 }, severity: "critical", down: true, summary: "Down." },
    { id: "lost", metric: "up", when: { equals: 0 }, severity: "critical", summary: "Lost." },
  ],
  board: [],
  collect: async () => undefined,
});
const instance: Instance = {
  id: "i1",
  plugin: "probes",
  name: "probes",
  host: "h",
  enabled: true,
  config: {},
  intervalSeconds: 60,
  timeoutMs: 1_000,
  tags: [],
  createdAt: 0,
  updatedAt: 0,
};
const plugin = (id: string) => (id === "probes" ? PROBES : undefined);

test("an instance is down when all that it watches now is, by its plugin's own word", () => {
  const ages = [10_000, 20_000, 3_600_000];
  const from = (ruleId: string, count = ages.length) =>
    downFrom(instance, ruleId, {
      plugin,
      series: {
        ofInstance: () => ages.slice(0, count).map((_, id) => ({ id, instanceId: "i1", metric: "up", labels: {} })),
      },
      store: {
        latest: (ids) => ids.map((id) => ({ series: id, at: NOW - (ages[id] ?? 0), value: 0 })),
      },
      clock: { now: () => NOW },
    });
  // The third was taken out an hour ago.
  expect(from("probes/gone")).toBe(2);
  expect(from("probes/gone", 0)).toBe(1);
  expect([from("probes/lost"), from("unity/failing"), from("01890000-0000-7000-8000-000000000000")]).toEqual([0, 0, 0]);
});

test("nobody collects what was removed or paused, or what no process has the plugin for", () => {
  const parts = { plugin, isAlone: true };
  expect(absenceOf(instance, parts)).toBeNull();
  expect(absenceOf(undefined, parts)).toBe("removed");
  expect(absenceOf({ ...instance, enabled: false }, parts)).toBe("paused");
  expect(absenceOf({ ...instance, plugin: "other" }, parts)).toBe("unknown");
  expect(absenceOf({ ...instance, plugin: "other" }, { plugin, isAlone: false })).toBeNull();
});
