import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openEmbeddedStores } from "../../open-stores";
import { openDatabaseName } from "./open-database-name";

test("processes that start at once agree on one name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-name-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  const names = await Promise.all(Array.from({ length: 8 }, () => openDatabaseName(connection)));
  expect(new Set(names).size).toBe(1);
  expect(await openDatabaseName(connection)).toBe(names[0]);
  await store.close();
  await close();
  await rm(folder, { recursive: true });
});
