import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqlite } from "../db/sqlite";
import { folders } from "../places";
import { describeMuting } from "./test-muting";

const folder = mkdtempSync(join(tmpdir(), "unity-muting-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeMuting("SQLite", () =>
  openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") }),
);
