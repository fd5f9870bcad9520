import { join } from "node:path";
import { startStore } from "../../scripts/stores/start-store.mjs";
import { openPostgres } from "../../server/db/postgres";
import type { SqlEngine } from "../../server/db/sql-engine";
import { createPostgresDatabase } from "../../server/db/test-servers";
import { openPostgresSamples } from "../../server/metrics/timescale/open-samples";
import { folders } from "../../server/places";
import type { BenchStore } from "./open-bench-store";

const GIVEN = process.env.TEST_TIMESCALE_URL;
export const TIMESCALE_NOTE = GIVEN
  ? "timescale: the server at TEST_TIMESCALE_URL."
  : "timescale: as WebAssembly, in memory, because no distribution packages it. What it takes on disk is as with a server, how long the database takes is not.";

/** Unity's store on TimescaleDB, without that one's own jobs: to them these samples are years old. */
export async function openTimescaleBench(): Promise<BenchStore> {
  const server = GIVEN
    ? { url: GIVEN, pid: undefined, stop: async () => undefined }
    : await startStore("timescale", { durable: true, memoryMb: 2_048 });
  const database = await createPostgresDatabase(server.url);
  async function open() {
    const { engine, close } = await openPostgres(database.url, {
      migrationsFolder: join(folders.migrations, "postgres"),
    });
    const { store } = await openPostgresSamples(engine, { shown: "TimescaleDB", policies: null });
    return { engine, store, close: () => store.close().then(close) };
  }
  let opened = await open();
  return {
    get store() {
      return opened.store;
    },
    pid: server.pid,
    settle: () => compress(opened.engine),
    ripen: () => compress(opened.engine, OPEN_DAYS),
    async reopen() {
      await opened.close();
      opened = await open();
      return opened.store;
    },
    async close() {
      await opened.close();
      await database.drop();
      await server.stop();
    },
  };
}

/** As its job leaves them, see plan-policies.ts. */
const OPEN_DAYS = 3;

/** All but the newest days. Every chunk by itself: together they would be one transaction. */
async function compress(engine: SqlEngine, openDays = 0): Promise<void> {
  const chunks = await engine.query(
    "select format('%s', chunk) from show_chunks('plugin_metrics') chunk order by chunk",
  );
  for (const [chunk] of chunks.slice(0, chunks.length - openDays))
    await engine.query("select compress_chunk(?::text::regclass, if_not_compressed => true)", [chunk ?? null]);
}
