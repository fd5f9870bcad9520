import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqlite } from "../db/sqlite";
import { folders } from "../places";
import { describeChannelBook } from "./test-channel-book";

const folder = mkdtempSync(join(tmpdir(), "unity-channels-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeChannelBook("SQLite", () =>
  openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") }),
);
