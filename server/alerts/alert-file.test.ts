import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqlite } from "../db/sqlite";
import { folders } from "../places";
import { describeAlertFiles } from "./test-alert-file";

const folder = mkdtempSync(join(tmpdir(), "unity-alert-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeAlertFiles("SQLite", () =>
  openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") }),
);
