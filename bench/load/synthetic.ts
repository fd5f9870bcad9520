import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { definePlugin, type Plugin } from "../../plugins/sdk";
import { systemClock } from "../../server/clock";
import { createDoors } from "../../server/collect/doors/doors";
import type { Registry } from "../../server/collect/registry";
import { createLog } from "../../server/log";
import { openEmbeddedStores } from "../../server/open-stores";
import { createUnity, type Unity } from "../../server/unity";
import { testSecrets } from "../../server/vault/test-vault";

const GAUGES = 15;
const COUNTERS = 5;

/** A plugin that reads nothing and reports 20 series: what is measured is Unity, not a target. */
const synthetic = definePlugin({
  id: "synthetic",
  name: "Synthetic load",
  summary: "Twenty series from arithmetic.",
  category: "system",
  tier: 0,
  kind: "host",
  intervalSeconds: 5,
  config: z.object({}),
  metrics: {
    load_value: { kind: "gauge", unit: "count", description: "A wave.", labels: ["item"] },
    load_bytes_total: { kind: "counter", unit: "bytes", description: "A total.", labels: ["item"] },
  },
  alerts: [],
  board: [],
  async collect({ now }, report) {
    for (let item = 0; item < GAUGES; item++)
      report("load_value", Math.round(Math.sin(now / 60_000 + item) * 1e4) / 100, { item: `${item}` });
    for (let item = 0; item < COUNTERS; item++) report("load_bytes_total", now * (item + 1), { item: `${item}` });
  },
});
export const SERIES_PER_INSTANCE = GAUGES + COUNTERS + 3;

/** A whole Unity on SQLite in a temporary folder, without pages. */
export async function openBenchUnity(): Promise<{ unity: Unity; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
  const log = createLog("error");
  const { connection, store, close: closeStores } = await openEmbeddedStores(join(folder, "unity.db"));
  const plugin: Plugin = synthetic;
  const registry: Registry = {
    get: (id) => (id === plugin.id ? plugin : undefined),
    all: () => [plugin],
    broken: [],
    iconPath: () => "",
  };
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry,
    openDoors: createDoors,
    clock: systemClock,
    log,
    localHost: "bench",
    database: join(folder, "unity.db"),
  });
  const close = async () => {
    await unity.stop(1_000);
    await closeStores();
    await rm(folder, { recursive: true, force: true });
  };
  return { unity, close };
}

export async function addSynthetic(unity: Unity, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await unity.instances.create({ plugin: synthetic.id, name: `load ${index}`, config: {} });
  }
}
