import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqlite } from "../db/sqlite";
import { folders } from "../places";
import { describeAccounts } from "./test-accounts";

const folder = mkdtempSync(join(tmpdir(), "unity-accounts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeAccounts("SQLite", () =>
  openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") }),
);
