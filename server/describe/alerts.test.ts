import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { definePlugin } from "../../plugins/sdk";
import { systemClock } from "../clock";
import { createDoors } from "../collect/doors/doors";
import { createLog } from "../log";
import { seriesKey, sortLabels } from "../metrics/series-key";
import { openEmbeddedStores } from "../open-stores";
import { createUnity } from "../unity";
import { testSecrets } from "../vault/test-vault";

const PLUGIN = definePlugin({
  id: "probes",
  name: "Probes",
  summary: "Probes.",
  category: "network",
  tier: 1,
  kind: "network",
  intervalSeconds: 60,
  timeoutMs: 1_000,
  config: z.object({}),
  metrics: { heat: { kind: "gauge", unit: "celsius", labels: ["place"], description: "Heat." } },
  alerts: [],
  board: [],
  collect: async () => undefined,
});

test("an open alert names the series whose newest sample is its value, and none where it looks at a past", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-describe-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry: {
      get: (id) => (id === PLUGIN.id ? PLUGIN : undefined),
      all: () => [PLUGIN],
      broken: [],
      iconPath: () => "",
    },
    openDoors: createDoors,
    clock: systemClock,
    log: createLog("silent"),
    localHost: "here",
    database: "unity.db",
  });
  onTestFinished(async () => {
    await unity.stop(0);
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  const instance = await unity.instances.create({ plugin: "probes", name: "attic", host: "nas", config: {} });
  const rule = { scope: { kind: "all" }, severity: "warning", summary: "x" };
  const part = { kind: "value", metric: "heat", is: "above", limit: 50 };
  await unity.alerts.book.create({ ...rule, name: "Hot", parts: [part] });
  const take = { kind: "max", seconds: 60 };
  await unity.alerts.book.create({ ...rule, name: "Was hot", parts: [{ ...part, take }] });
  const names = ["roof", "floor"].map((place) => {
    const labels = { place };
    return { metric: "heat", labels, key: seriesKey("heat", sortLabels(labels)) };
  });
  const at = Date.now();
  const [roof, floor] = await unity.series.identify(instance.id, names, at);
  const series = [roof ?? 0, floor ?? 0];
  const tell = (now: number) =>
    unity.alerts.evaluate({ instance, at: now, series, values: [90, 20], failed: false, consecutiveErrors: 0 });
  tell(at);
  const told = async () =>
    (await unity.describe.openAlerts()).map((alert) => [alert.ruleName, alert.labels.place, alert.series]);
  // A window is read first.
  await expect
    .poll(async () => {
      tell(Date.now());
      return (await told()).toSorted();
    })
    .toEqual([
      ["Hot", "roof", roof],
      ["Was hot", "roof", null],
    ]);
});
