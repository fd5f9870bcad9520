import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { definePlugin, type Plugin } from "../plugins/sdk";
import { openReceiver } from "./alerts/deliver/test-receiver";
import { systemClock } from "./clock";
import { createDoors } from "./collect/doors/doors";
import { createLog } from "./log";
import { openEmbeddedStores } from "./open-stores";
import { createUnity } from "./unity";
import { testSecrets } from "./vault/test-vault";

const tank: Plugin = definePlugin({
  id: "tank",
  name: "Tank",
  summary: "How full it is.",
  category: "system",
  tier: 0,
  kind: "host",
  intervalSeconds: 5,
  config: z.object({ level: z.number() }),
  metrics: { tank_level: { kind: "gauge", unit: "count", description: "Its level.", labels: [] } },
  alerts: [],
  board: [],
  async collect({ config }, report) {
    report("tank_level", config.level, {});
  },
});

async function openTestUnity() {
  const folder = await mkdtemp(join(tmpdir(), "unity-own-channel-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry: { get: (id) => (id === tank.id ? tank : undefined), all: () => [tank], broken: [], iconPath: () => "" },
    openDoors: createDoors,
    clock: systemClock,
    log: createLog("silent"),
    localHost: "here",
    database: "unity.db",
  });
  onTestFinished(async () => {
    await unity.stop(1_000);
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  return unity;
}

const Told = z.object({ alerts: z.array(z.object({ ruleName: z.string(), instance: z.string(), event: z.string() })) });

test("a rule with a channel of its own tells it, and what was changed for an instance tells another", async () => {
  const unity = await openTestUnity();
  const receivers = { house: await openReceiver(), own: await openReceiver(), other: await openReceiver() };
  onTestFinished(async () => {
    for (const { close } of Object.values(receivers)) await close();
  });
  const channel = async (name: keyof typeof receivers) =>
    (
      await unity.channels.book.create({
        kind: "webhook",
        name,
        enabled: true,
        config: { url: `${receivers[name].url}/hook` },
      })
    ).id;
  const [house, own, other] = [await channel("house"), await channel("own"), await channel("other")];
  // The rule's label, too, is what routes see.
  const match = { labels: [{ label: "team", value: "water" }] };
  const route = { timeZone: "UTC", channels: [house], waitSeconds: 0, criticalWaitSeconds: 0, group: "none" };
  await unity.notifier.book.setRoutes([{ ...route, name: "Water", match }]);
  const rule = {
    scope: { kind: "all" },
    parts: [{ kind: "value", metric: "tank_level", is: "above", limit: 50 }],
    severity: "info",
    summary: "x",
  };
  const labelled = { ...rule, name: "With its own", channels: [own], labels: { team: "water" } };
  const { id } = await unity.alerts.book.create(labelled);
  await unity.alerts.book.create({ ...rule, name: "Without" });
  await unity.instances.create({ plugin: "tank", name: "Rain", config: { level: 90 } });
  const well = await unity.instances.create({ plugin: "tank", name: "Well", config: { level: 90 } });
  await unity.alerts.book.override({
    rule: id,
    scope: { kind: "instance", instance: well.id },
    set: { channels: [other] },
  });
  unity.start();

  const told = (name: keyof typeof receivers) =>
    receivers[name].received
      .flatMap(({ body }) => Told.parse(JSON.parse(body.toString())).alerts)
      .map((alert) => `${alert.ruleName} on ${alert.instance} ${alert.event}`)
      .sort();
  const both = ["With its own on Rain firing", "With its own on Well firing"];
  await expect.poll(() => told("house"), { timeout: 15_000 }).toEqual(both);
  await expect.poll(() => told("own"), { timeout: 5_000 }).toEqual(both.slice(0, 1));
  await expect.poll(() => told("other"), { timeout: 5_000 }).toEqual(both.slice(1));
}, 40_000);
