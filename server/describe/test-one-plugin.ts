import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Plugin } from "../../plugins/sdk/plugin";
import { ALONE } from "../cluster/cluster";
import { createDoors } from "../collect/doors/doors";
import { createLog } from "../log";
import { openEmbeddedStores } from "../open-stores";
import { createUnity } from "../unity";
import { testSecrets } from "../vault/test-vault";

/** A Unity with one plugin and one instance of it that ran once, and whose clock is moved. */
export async function openWithPlugin(plugin: Plugin, name: string) {
  const folder = await mkdtemp(join(tmpdir(), "unity-one-plugin-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  let now = Date.now();
  let held = true;
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry: {
      get: (id) => (id === plugin.id ? plugin : undefined),
      all: () => [plugin],
      broken: [],
      iconPath: () => "",
    },
    openDoors: createDoors,
    clock: { now: () => now, after: () => () => undefined },
    log: createLog("silent"),
    localHost: "nas",
    database: "unity.db",
    cluster: { ...ALONE, holds: () => held },
  });
  onTestFinished(async () => {
    await unity.stop(0);
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  const ran = async (count: number) => {
    await expect.poll(() => unity.tally.totals().durations.count).toBe(count);
    await expect.poll(() => unity.scheduler.running()).toBe(0);
  };
  const instance = await unity.instances.create({ plugin: plugin.id, name, host: "nas", config: {} });
  await ran(1);
  return {
    unity,
    instance,
    async runAfter(milliseconds: number) {
      now += milliseconds;
      const { count } = unity.tally.totals().durations;
      unity.runNow(instance);
      await ran(count + 1);
    },
    advance(milliseconds: number) {
      now += milliseconds;
    },
    /** Another process collects from now on. */
    letGo() {
      held = false;
    },
  };
}
