import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningStore, startStore } from "../../scripts/stores/start-store.mjs";
import { createMysqlDatabase, createPostgresDatabase } from "../../server/db/test-servers";
import { FLUSH_MS } from "../../server/metrics/store";
import { EMBEDDED_FLUSH_MS } from "../../server/open-stores";
import type { EngineName } from "../stores/open-bench-store";
import { type Earlier, makeEarlierFile, makeEarlierOnServer } from "./make-earlier";

export interface CrashPlace {
  readonly url: string;
  /** Undefined where the database is in the process that is killed. */
  readonly server: RunningStore | undefined;
  readonly flushMs: number;
  /** Another database, as an earlier version left it. */
  makeEarlier(): Promise<Earlier>;
  remove(): Promise<void>;
}

export async function openCrashPlace(engine: EngineName): Promise<CrashPlace> {
  if (engine === "sqlite") {
    const folder = await mkdtemp(join(tmpdir(), "unity-crash-"));
    const remove = () => rm(folder, { recursive: true, force: true });
    const url = `sqlite:${join(folder, "unity.db")}`;
    return { url, server: undefined, flushMs: EMBEDDED_FLUSH_MS, makeEarlier: makeEarlierFile, remove };
  }
  const server = await startStore(engine, { durable: true });
  const create = () => (engine === "mysql" ? createMysqlDatabase : createPostgresDatabase)(server.url);
  const { url } = await create();
  const makeEarlier = async () => makeEarlierOnServer(engine, await create());
  return { url, server, flushMs: FLUSH_MS, makeEarlier, remove: () => server.stop() };
}
