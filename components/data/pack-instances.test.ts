import { expect, test } from "vitest";
import type { InstanceSummary } from "./outputs";
import { packInstances, unpackInstances } from "./pack-instances";

const instance = (id: string, rest: Partial<InstanceSummary> = {}): InstanceSummary => ({
  id,
  plugin: "web-service",
  pluginName: "Web service",
  category: "application",
  name: `Service ${id}`,
  host: "rack-1",
  target: "https://nas.lab",
  enabled: true,
  intervalSeconds: 20,
  tags: [],
  maintenance: null,
  status: {
    instanceId: id,
    health: "healthy",
    since: 1,
    lastRunAt: 2,
    lastSuccessAt: 2,
    reason: null,
    message: null,
    hint: null,
    consecutiveErrors: 0,
  },
  ...rest,
});

test("what is packed comes out as it was, failures and hostile names included", () => {
  const failing = instance("b", {
    name: '</script><b>"x"\u2028',
    tags: ["a", "ü"],
    enabled: false,
    status: {
      instanceId: "b",
      health: "failing",
      since: 1,
      lastRunAt: null,
      lastSuccessAt: null,
      reason: "timeout",
      message: "did not answer",
      hint: null,
      consecutiveErrors: 3,
    },
  });
  const other = instance("c", { plugin: "disk", pluginName: "Disk", category: "storage" });
  const maintenance = { kind: "maintenance", id: "m1", name: "Up<dates>", until: 5 } as const;
  const all = [instance("a"), failing, other, instance("d", { maintenance })];
  expect(unpackInstances(packInstances(all))).toEqual(all);
  expect(unpackInstances(packInstances([]))).toEqual([]);
});

test("five hundred are less than half of what they are as objects", () => {
  const all = Array.from({ length: 500 }, (_, index) => instance(`01a217de-384a-75af-a5da-08a33cfb6${100 + index}`));
  expect(packInstances(all).length).toBeLessThan(JSON.stringify(all).length / 2.5);
});
