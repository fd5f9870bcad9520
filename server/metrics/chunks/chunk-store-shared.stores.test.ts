import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import { parseDatabaseUrl, type ServerPlace } from "../../db/database-place";
import { createNumbering } from "../../db/numbered-parameters";
import { openPostgres } from "../../db/postgres";
import { openSession } from "../../db/postgres-session";
import type { SqlEngine } from "../../db/sql-engine";
import { createPostgresDatabase, type TestDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import type { MetricStore } from "../store";
import { describeMetricStore } from "../test-contract";
import { collect, DAY_0, type Place } from "../test-subject";
import { type ChunkStore, openChunkStore } from "./chunk-store";

const options = { migrationsFolder: join(folders.migrations, "postgres") };
const always = () => true;
const never = () => false;

async function openOne(database: TestDatabase, writer?: string) {
  const { engine, close } = await openPostgres(database.url, options);
  const store = await openChunkStore(engine, { name: "PostgreSQL", chunkSamples: 7, writer, others: always });
  return { store, close: async () => void (await store.close().then(close)) };
}

/** What one process answers that writes, while another one leads. */
function placeOfFollower(database: TestDatabase): Place {
  let opened = 0;
  return {
    async open() {
      const leader = await openOne(database);
      const follower = await openOne(database, `0follower-${++opened}`);
      return actAsOne(follower.store, leader.store, async () => {
        await follower.close();
        await leader.close();
      });
    },
    remove: database.drop,
  };
}

function actAsOne(follower: ChunkStore, leader: ChunkStore, close: () => Promise<void>): MetricStore {
  const meet = async () => {
    await follower.flush();
    await leader.meet();
  };
  const afterwards = async <T>(work: Promise<T>): Promise<T> => {
    const given = await work;
    await follower.meet();
    return given;
  };
  const { rollups } = leader;
  return {
    ...follower,
    async flush() {
      await meet();
      await afterwards(leader.seal());
    },
    rollUp: async (now) => meet().then(() => afterwards(leader.rollUp(now))),
    prune: async (...terms) => meet().then(() => afterwards(leader.prune(...terms))),
    async forget(series) {
      await meet();
      await afterwards(Promise.all([leader.forget(series), follower.forget(series)]));
    },
    ...(rollups && {
      rollups: {
        ...rollups,
        import: async (given) => meet().then(() => afterwards(rollups.import(given))),
        beginAt: async (...starts) => meet().then(() => afterwards(rollups.beginAt(...starts))),
      },
    }),
    close: async () => meet().then(close),
  };
}

describeWith("postgres", (server) => {
  describeMetricStore("PostgreSQL chunks that another process leads", async () =>
    placeOfFollower(await createPostgresDatabase(server)),
  );

  test("three that write at the same time lose nothing and double nothing, whoever leads", async () => {
    const database = await createPostgresDatabase(server);
    const followers = [await openOne(database, "0a"), await openOne(database, "9b")];
    const written = new Set<string>();
    for (const era of [0, 1]) {
      // A leader that goes, and another one that comes: whatever is in the log stays there.
      const leader = await openOne(database);
      const all = [leader, ...followers].map(({ store }) => store);
      for (let round = era * 30; round < era * 30 + 30; round++) {
        for (const one of all.flatMap((store, index) => writeRound(store, index, round))) written.add(one);
        await act(all, round);
      }
      for (const store of [...all].reverse()) await store.flush();
      for (const store of all) {
        await store.meet();
        expect(await listAll(store)).toEqual([...written].sort());
      }
      await leader.close();
    }
    for (const one of followers) await one.close();
    await database.drop();
  });

  test("what was taken over is in memory, also when its commit came after everybody had given it up", async () => {
    const database = await createPostgresDatabase(server);
    const { engine, close } = await openPostgres(database.url, options);
    const follower = await openOne(database, "0a");
    const leader = await openChunkStore(createLateCommit(database, engine), { name: "PostgreSQL", others: never });
    follower.store.write({ series: [1], at: [DAY_0], value: [5] });
    await follower.store.flush();
    await expect(leader.meet()).rejects.toThrow("connection lost");
    leader.write({ series: [2], at: [DAY_0], value: [6] });
    await leader.seal();
    await pause(1_000);
    await leader.seal();
    expect(await listAll(leader)).toEqual([`1 ${DAY_0} 5`, `2 ${DAY_0} 6`]);
    await leader.close();
    await follower.close();
    const again = await openChunkStore(engine, { name: "PostgreSQL" });
    expect(await listAll(again)).toEqual([`1 ${DAY_0} 5`, `2 ${DAY_0} 6`]);
    await again.close();
    await close();
    await database.drop();
  });
});

/** Whoever takes batches into the log hears that the connection was lost, while the server commits a moment later. */
function createLateCommit(database: TestDatabase, engine: SqlEngine): SqlEngine {
  let isLate = true;
  return {
    ...engine,
    async transaction(steps) {
      const [step] = steps;
      if (!isLate || !step || "into" in step || !step.sql.startsWith("update plugin_metrics_batch"))
        return engine.transaction(steps);
      isLate = false;
      const session = await openSession(parseDatabaseUrl(database.url) as ServerPlace);
      await session.query("begin");
      await session.query(createNumbering()(step.sql), { params: step.params ?? [] });
      setTimeout(() => void session.query("commit").then(session.end), 500);
      throw new Error("connection lost");
    },
  };
}

/** One series of each writer's own, and one that changes hands, with late samples. */
function writeRound(store: MetricStore, writer: number, round: number): string[] {
  const at = DAY_0 + round * 10_000;
  const samples = [
    [1 + writer, at] as const,
    ...(round % 3 === writer ? [[9, at - (round % 5) * 20_000] as const] : []),
  ];
  return samples.map(([series, instant]) => {
    store.write({ series: [series], at: [instant], value: [instant % 1_000] });
    return `${series} ${instant} ${instant % 1_000}`;
  });
}

async function act([leader, ...followers]: readonly ChunkStore[], round: number): Promise<void> {
  if (round % 4 === 0) await Promise.all(followers.map((store) => store.flush()));
  if (round % 7 === 0) await leader?.seal();
  if (round % 6 === 0) await followers[0]?.meet();
}

async function listAll(store: MetricStore): Promise<string[]> {
  const samples = await collect(store, { series: [1, 2, 3, 9], from: DAY_0 - 1e6, to: DAY_0 + 1e6 });
  return samples.map(({ series, at, value }) => `${series} ${at} ${value}`).sort();
}
