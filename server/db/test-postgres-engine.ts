import { join } from "node:path";
import { onTestFinished } from "vitest";
import { folders } from "../places";
import { openPostgres } from "./postgres";
import type { SqlEngine } from "./sql-engine";
import { createPostgresDatabase, type TestDatabase } from "./test-servers";

/** A database with our tables, for one test. `run` asks it beside the engine. */
export async function openTestPostgres(server: string): Promise<Pick<TestDatabase, "run"> & { engine: SqlEngine }> {
  const database = await createPostgresDatabase(server);
  const { engine, close } = await openPostgres(database.url, {
    migrationsFolder: join(folders.migrations, "postgres"),
  });
  onTestFinished(async () => {
    await close();
    await database.drop();
  });
  return { engine, run: database.run };
}
