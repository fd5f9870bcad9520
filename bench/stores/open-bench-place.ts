import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStore } from "../../scripts/stores/start-store.mjs";
import { createMysqlDatabase, createPostgresDatabase } from "../../server/db/test-servers";
import type { EngineName } from "./open-bench-store";

/** An empty database of a benchmark's own, on a server as people run it. */
export interface BenchPlace {
  readonly url: string;
  /** Of the database server; undefined where the database is in the process that opens it. */
  readonly pid: number | undefined;
  remove(): Promise<void>;
}

/** @throws Error in words when the server is not installed (`npm run test:stores` installs it) */
export async function openBenchPlace(engine: EngineName): Promise<BenchPlace> {
  if (engine === "sqlite") {
    const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
    const remove = () => rm(folder, { recursive: true, force: true });
    return { url: `sqlite:${join(folder, "unity.db")}`, pid: undefined, remove };
  }
  const server = await startStore(engine, { durable: true, memoryMb: 2_048 });
  const { url } = await (engine === "mysql" ? createMysqlDatabase : createPostgresDatabase)(server.url);
  return { url, pid: server.pid, remove: () => server.stop() };
}
