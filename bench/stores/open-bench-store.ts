import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningStore, startStore } from "../../scripts/stores/start-store.mjs";
import { parseDatabaseUrl, placeOfFile } from "../../server/db/database-place";
import { createMysqlDatabase, createPostgresDatabase } from "../../server/db/test-servers";
import type { MetricStore } from "../../server/metrics/store";
import { openStores } from "../../server/open-stores";
import { openTimescaleBench } from "./open-timescale-bench";
import { openVictoriaBench } from "./open-victoria-bench";

export const ENGINES = ["sqlite", "postgres", "mysql"] as const;
export type EngineName = (typeof ENGINES)[number];
/** Asked for by name only: VictoriaMetrics is compared by `bench peers`, TimescaleDB seldom is a server of this machine. */
const BY_NAME = { victoriametrics: openVictoriaBench, timescale: openTimescaleBench };
type ByName = keyof typeof BY_NAME;
const isByName = (name: string): name is ByName => Object.hasOwn(BY_NAME, name);
export type BenchEngine = EngineName | ByName;

/** A store as people run it, in a database of its own. */
export interface BenchStore {
  readonly store: MetricStore;
  /** Of the database server; undefined where the database is in this process. */
  readonly pid: number | undefined;
  /** What the database's own jobs do in time. */
  settle?(): Promise<void>;
  /** Waits until what came in is no news any more. */
  ripen?(): Promise<void>;
  /** Closes it and opens it again. */
  reopen(): Promise<MetricStore>;
  close(): Promise<void>;
}

/** @throws Error in words when the server is not installed (`npm run test:stores` installs it) */
export async function openBenchStore(engine: BenchEngine): Promise<BenchStore> {
  if (isByName(engine)) return BY_NAME[engine]();
  const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
  const server = engine === "sqlite" ? undefined : await startStore(engine, { durable: true, memoryMb: 2_048 });
  const place = server ? await createPlace(server, engine) : placeOfFile(join(folder, "unity.db"));
  let opened = await openStores(place);
  const closeStore = async () => {
    await opened.store.close();
    await opened.close();
  };
  return {
    get store() {
      return opened.store;
    },
    pid: server?.pid,
    async reopen() {
      await closeStore();
      opened = await openStores(place);
      return opened.store;
    },
    async close() {
      await closeStore();
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createPlace(server: RunningStore, engine: EngineName) {
  const create = engine === "mysql" ? createMysqlDatabase : createPostgresDatabase;
  return parseDatabaseUrl((await create(server.url)).url);
}

/** As `chooseEngines`, and those by name. */
export function chooseBenchEngines(given: readonly string[] | undefined): BenchEngine[] {
  const byName = (given ?? []).filter(isByName);
  const others = given?.filter((name) => !isByName(name));
  return [...(byName.length > 0 && others?.length === 0 ? [] : chooseEngines(others)), ...byName];
}

/** `--engine sqlite --engine postgres`; all of them without. */
export function chooseEngines(given: readonly string[] | undefined): EngineName[] {
  const unknown = given?.find((name) => !ENGINES.some((engine) => engine === name));
  if (unknown) throw new Error(`There is no engine ${unknown}. --engine ${ENGINES.join(", ")}.`);
  return ENGINES.filter((engine) => !given || given.includes(engine));
}
