import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteSamples } from "./sqlite-file";
import { describeSqlEngine } from "./test-engine-contract";

const migrationsFolder = join(import.meta.dirname, "../../drizzle/migrations/sqlite-samples");

describeSqlEngine("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-samples-"));
  const { engine, close } = await openSqliteSamples(join(folder, "samples.db"), { migrationsFolder });
  return {
    engine,
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
