import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqlite } from "./db/sqlite";
import { folders } from "./places";
import { describeStoredSecrets } from "./test-stored-secrets";

const folder = mkdtempSync(join(tmpdir(), "unity-stored-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStoredSecrets("SQLite", () =>
  openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") }),
);
