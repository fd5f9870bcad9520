import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "./clock";
import { createDoors } from "./collect/doors/doors";
import { unknownStatus } from "./collect/status";
import type { Database } from "./db/database";
import { createLog } from "./log";
import { openEmbeddedStores } from "./open-stores";
import { createUnity } from "./unity";
import { testSecrets } from "./vault/test-vault";

const run = {
  instanceId: "i",
  startedAt: 1,
  durationMs: 1,
  outcome: "ok" as const,
  readings: 1,
  refused: 0,
  attempts: 1,
  reason: null,
  message: null,
  hint: null,
  remarks: [],
};

test("samples become durable at the end, also where the list of runs meets a database that says nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-stop-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  let isSilent = false;
  const db = new Proxy(connection.db, {
    get(target, name) {
      const known: unknown = Reflect.get(target, name);
      return name === "transaction" && isSilent ? () => new Promise(() => undefined) : known;
    },
  }) as Database;
  const unity = await createUnity({
    secrets: testSecrets,
    connection: { ...connection, db },
    store,
    registry: { get: () => undefined, all: () => [], broken: [], iconPath: () => "" },
    openDoors: createDoors,
    clock: systemClock,
    log: createLog("fatal"),
    localHost: "here",
    database: "unity.db",
  });
  unity.store.write({ series: [1], at: [1_795_478_400_000], value: [5] });
  unity.ledger.record(run, unknownStatus("i", 1), undefined);
  isSilent = true;
  void unity.stop(0);
  await expect.poll(() => store.health?.().pending, { timeout: 3_000 }).toBe(0);
});
