import { join } from "node:path";
import { v7 as createId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { parseDatabaseUrl } from "../db/database-place";
import { openPostgres } from "../db/postgres";
import { createPostgresDatabase, type TestDatabase } from "../db/test-servers";
import { openStoresToRead } from "../open-stores";
import { folders } from "../places";
import { startTarget, startUnity, type TestUnity, until } from "./test-unity";

const INTERVAL_MS = 1_000;
const COUNT = 12;
/** As in `server/db/postgres-lock.ts`. */
const LEADING = 0x756e6974;
/** The issue's; what it took is told. */
const TAKEN_OVER_MS = 30_000;

/** Instances that ask one path each, every second: whoever collects them, it is seen here. */
async function addInstances(database: TestDatabase, addressOf: (path: string) => string): Promise<string[]> {
  const { db, schema, close } = await openPostgres(database.url, {
    migrationsFolder: join(folders.migrations, "postgres"),
  });
  const ids = Array.from({ length: COUNT }, () => createId());
  await db.insert(schema.plugins).values(
    ids.map((id) => ({
      id,
      plugin: "web-service",
      name: id,
      host: "elsewhere",
      config: { address: addressOf(`/${id}`) },
      intervalSeconds: INTERVAL_MS / 1_000,
      timeoutMs: 5_000,
      tags: [],
      createdAt: Date.now(),
      updatedAt: Date.now(),
    })),
  );
  await close();
  return ids;
}

describeWith("postgres", (server) => {
  describe("several Unity processes on one database", () => {
    let database: TestDatabase;
    let target: Awaited<ReturnType<typeof startTarget>>;
    let ids: string[] = [];
    const running = new Set<TestUnity>();
    const start = async (host: string) => {
      const unity = await startUnity(database.url, host);
      running.add(unity);
      return unity;
    };
    const hitsOf = (id: string) => target.hits(`/${id}`);
    const gapsSince = (since: number) =>
      ids.flatMap((id) => {
        const hits = hitsOf(id).filter((at) => at >= since);
        return hits.slice(1).map((at, index) => at - (hits[index] ?? 0));
      });
    /** Whoever gets an instance reads it at once, and then in its rhythm. */
    const expectOnceEach = async () => {
      const since = Date.now() + 3 * INTERVAL_MS;
      await until(() => Date.now() - since > 5 * INTERVAL_MS, 15_000);
      expect(Math.min(...gapsSince(since))).toBeGreaterThan(INTERVAL_MS / 2);
    };
    const allHitSince = (since: number) => ids.every((id) => (hitsOf(id).at(-1) ?? 0) > since);

    beforeAll(async () => {
      database = await createPostgresDatabase(server);
      target = await startTarget();
      ids = await addInstances(database, target.address);
    });
    afterAll(async () => {
      for (const unity of running) await unity.end("SIGKILL");
      await target.close();
      await database.drop();
    });

    test("they share, each instance is collected once, and all of them see everything", async () => {
      const first = await start("nas");
      await until(() => allHitSince(0), 20_000);
      const second = await start("pi");
      const mine = (unity: TestUnity) => unity.state().held.filter((id) => ids.includes(id));
      const shared = () => mine(first).length + mine(second).length === COUNT && mine(second).length > 0;
      await until(shared, 15_000);
      expect(mine(first).filter((id) => mine(second).includes(id))).toEqual([]);
      // The machine itself is read by the process that runs there.
      expect(first.state().held.length).toBeGreaterThan(mine(first).length);
      expect(second.state().held.length).toBe(mine(second).length);
      expect([first.state().leads, second.state().leads]).toEqual([true, false]);

      for (const unity of [first, second]) unity.live();
      await expectOnceEach();
      for (const unity of [first, second]) expect([...unity.live()]).toEqual(expect.arrayContaining(ids));
    }, 120_000);

    test("a leader that was overtaken while it was frozen shares the work again, and loses nothing", async () => {
      const [first, second] = [...running];
      if (!first || !second) throw new Error("The processes of the test before are gone.");
      first.signal("SIGSTOP");
      // As when its machine is cut off: the server drops its lock.
      await database.run(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and classid = ${LEADING}`,
      );
      await until(() => second.state().leads, 10_000);
      first.signal("SIGCONT");
      await until(() => !first.state().leads, 15_000);
      expect(second.state().leads).toBe(true);
      const since = Date.now();
      await until(() => allHitSince(since), 10_000);
      await second.end("SIGTERM");
      running.delete(second);
      await until(() => first.state().leads, 10_000);
      await until(() => allHitSince(Date.now() - INTERVAL_MS), 10_000);
      running.add(await start("pi"));
    });

    test("what a killed process collected and led is taken over within 30 s, and what it stored is there", async () => {
      const [first, second] = [...running];
      if (!first || !second) throw new Error("The processes of the test before are gone.");
      const killedAt = Date.now();
      await first.end("SIGKILL");
      running.delete(first);
      await until(() => allHitSince(killedAt), TAKEN_OVER_MS);
      await until(() => second.state().leads, TAKEN_OVER_MS - (Date.now() - killedAt));
      // But not what read the machine of the one that is gone.
      await until(() => second.state().held.length >= ids.length, 5_000);
      expect([...second.state().held].sort()).toEqual([...ids].sort());

      const back = await start("nas");
      await until(() => back.state().held.some((id) => ids.includes(id)), 15_000);
      await expectOnceEach();

      // One that ends in order gives its share back at once.
      const endedAt = Date.now();
      await second.end("SIGTERM");
      running.delete(second);
      await until(() => allHitSince(endedAt), 8_000);
      await until(() => back.state().leads, 8_000);
      await back.end("SIGTERM");
      running.delete(back);
      await expectStored(killedAt);
    });

    /**
     * Every time a target was asked is a sample, but for the last second before a process was killed, and for the odd run that was
     * under way when its instance changed hands.
     */
    async function expectStored(killedAt: number): Promise<void> {
      const { connection, store, close } = await openStoresToRead(parseDatabaseUrl(database.url));
      const { db, schema } = connection;
      const series = (await db.select().from(schema.metricSeries)).filter(
        ({ metric }) => metric === "endpoints_up_ratio",
      );
      const missing: number[] = [];
      for (const id of ids) {
        const mine = series.filter(({ instanceId }) => instanceId === id).map((one) => one.id);
        const instants: number[] = [];
        for await (const { at } of store.export({ series: mine, from: 0, to: Date.now() + 60_000 }))
          instants.push(...at);
        expect(new Set(instants).size).toBe(instants.length);
        const isStored = (hit: number) => instants.some((at) => Math.abs(at - hit) < 0.7 * INTERVAL_MS);
        missing.push(...hitsOf(id).filter((hit) => Math.abs(hit - killedAt) > 2_000 && !isStored(hit)));
      }
      expect(missing.length).toBeLessThanOrEqual(3);
      await store.close();
      await close();
    }
  });
});
