import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMysql } from "../../server/db/mysql";
import { openPostgres } from "../../server/db/postgres";
import { openSqlite } from "../../server/db/sqlite";
import { copyMigrations } from "../../server/db/test-migrations";
import type { TestDatabase } from "../../server/db/test-servers";
import { openChunkStore } from "../../server/metrics/chunks/chunk-store";
import { batchOf, CRASH_SERIES, instantOf, readingOf } from "./rounds";

/** A database as the first version left it, with some days of samples in it. */
export interface Earlier {
  readonly url: string;
  /** The last round that is in it. */
  readonly durable: number;
  remove(): Promise<void>;
}

const ROUNDS = 2_000;

/** The first version had a row for each sample, in the file with everything else. */
export async function makeEarlierFile(): Promise<Earlier> {
  const folder = await mkdtemp(join(tmpdir(), "unity-crash-"));
  const file = join(folder, "unity.db");
  const earlier = await copyMigrations("sqlite");
  await earlier.keep(1);
  const { engine, close } = await openSqlite(file, { migrationsFolder: earlier.folder });
  const rows = Array.from({ length: ROUNDS }, (_, round) =>
    CRASH_SERIES.map((series) => [series, instantOf(round), readingOf(series, round)]),
  ).flat();
  await engine.transaction([{ into: "plugin_metrics", columns: ["series", "at", "value"], rows }]);
  await close();
  await earlier.remove();
  const remove = () => rm(folder, { recursive: true, force: true });
  return { url: `sqlite:${file}`, durable: ROUNDS - 1, remove };
}

/** On servers the first version had chunks, as they are now. */
export async function makeEarlierOnServer(engine: "postgres" | "mysql", { url, drop }: TestDatabase): Promise<Earlier> {
  const earlier = await copyMigrations(engine);
  await earlier.keep(1);
  const open = engine === "mysql" ? openMysql : openPostgres;
  const connection = await open(url, { migrationsFolder: earlier.folder });
  const store = await openChunkStore(connection.engine, { name: engine });
  for (let round = 0; round < ROUNDS; round++) store.write(batchOf(round));
  await store.flush();
  await store.seal();
  await store.close();
  await connection.close();
  await earlier.remove();
  return { url, durable: ROUNDS - 1, remove: drop };
}
