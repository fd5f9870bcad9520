import { createServer } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import type { Connection } from "./database";
import { openMysql } from "./mysql";
import { openPostgres } from "./postgres";
import { instance } from "./test-connection-contract";
import { createMysqlDatabase, createPostgresDatabase, migrationsRoot, type TestDatabase } from "./test-servers";

const PG = {
  open: openPostgres,
  create: createPostgresDatabase,
  sleep: "select pg_sleep(20)",
  hangUp: async ({ run }: TestDatabase) =>
    void (await run(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    )),
};
const MYSQL: typeof PG = {
  open: openMysql,
  create: createMysqlDatabase,
  sleep: "select sleep(20)",
  async hangUp({ run }) {
    const ids = await run(
      "select id from information_schema.processlist where db = database() and id <> connection_id()",
    );
    for (const { id } of ids as { id: number }[]) await run(`kill ${id}`);
  },
};
const aMoment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const dialect of ["postgres", "mysql"] as const) {
  const { open, create, sleep, hangUp } = dialect === "postgres" ? PG : MYSQL;
  const migrationsFolder = join(migrationsRoot, dialect);
  describeWith(dialect, (server) => {
    let database: TestDatabase;
    let connection: Connection;
    beforeAll(async () => {
      database = await create(server);
      connection = await open(database.url, { migrationsFolder });
    });
    afterAll(() => connection.close().then(database.drop));

    const putState = (key: string) => ({
      into: "plugin_metrics_state",
      columns: ["key", "value"],
      rows: [[key, 1]],
    });
    const countState = async (key: string) =>
      (await connection.engine.query('select count(*) from plugin_metrics_state where "key" = ?', [key]))[0]?.[0];

    test("a transaction whose connection is lost leaves nothing behind, and the next one works", async () => {
      const failed = connection.engine.transaction([putState("lost"), { sql: sleep }, putState("lost too")]);
      const heard = expect(failed).rejects.toThrow();
      await aMoment(300);
      await hangUp(database);
      await heard;
      expect(await countState("lost")).toBe(0);
      await connection.engine.transaction([putState("next")]);
      expect(await countState("next")).toBe(1);
    });

    test("the configuration's transaction likewise", async () => {
      const { db, schema } = connection;
      const row = instance();
      const failed = db.transaction(async (tx) => {
        await tx.insert(schema.plugins).values(row);
        await hangUp(database);
        await tx.insert(schema.plugins).values(instance());
      });
      await expect(failed).rejects.toThrow();
      expect(await db.select().from(schema.plugins)).toEqual([]);
      await db.transaction(async (tx) => void (await tx.insert(schema.plugins).values(row)));
      expect(await db.select().from(schema.plugins)).toEqual([row]);
    });

    test("connections that were lost while idle are nobody's business", async () => {
      for (let round = 0; round < 5; round++) {
        await Promise.all(Array.from({ length: 8 }, () => connection.engine.query("select 1")));
        await connection.engine.transaction([putState(`round ${round}`)]);
        await hangUp(database);
        await aMoment(50);
        await Promise.all(Array.from({ length: 8 }, () => connection.engine.query("select 1")));
        await connection.db.select().from(connection.schema.settings);
        await connection.engine.transaction([putState(`again ${round}`)]);
      }
    });

    test("under fire, everything that was acknowledged is there, and nothing twice", async () => {
      let acknowledged = 0;
      let refused = 0;
      let isOver = false;
      const fire = (async () => {
        while (!isOver) {
          await aMoment(30);
          await hangUp(database).catch(() => undefined);
        }
      })();
      for (let turn = 0; turn < 60; turn++) {
        const steps = Array.from({ length: 10 }, (_, part) => putState(`fire ${turn} ${part}`));
        const stored = await connection.engine.transaction(steps).then(
          () => true,
          () => false,
        );
        if (stored) acknowledged++;
        else refused++;
        if (turn % 3 === 0)
          await connection.engine.query("select count(*) from plugin_metrics_state").catch(() => undefined);
      }
      isOver = true;
      await fire;
      const rows = await connection.engine.query(
        `select substring("key", 6, 3), count(*) from plugin_metrics_state where "key" like 'fire %' group by 1`,
      );
      const parts = await connection.engine.query(
        `select count(*) from plugin_metrics_state where "key" like 'fire %'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      // Whole transactions only; one whose commit was not heard of may be there as well.
      expect(Number(parts[0]?.[0]) % 10).toBe(0);
      expect(Number(parts[0]?.[0]) / 10).toBeGreaterThanOrEqual(acknowledged);
      expect(Number(parts[0]?.[0]) / 10).toBeLessThanOrEqual(acknowledged + refused);
    });

    const changed = (change: (url: URL) => void) => {
      const url = new URL(database.url);
      url.password = "S3cret%2FWord";
      change(url);
      return url.href;
    };
    test.each<[string, (url: URL) => void, RegExp]>([
      ["a wrong password", () => undefined, /refused user unity or the password\. Correct them in DATABASE_URL/],
      [
        "a database that is not there",
        (url) => Object.assign(url, { password: new URL(database.url).password, pathname: "/nowhere" }),
        /there is no database nowhere\. Run npm run db:init/,
      ],
      [
        "a port where nothing listens",
        (url) => Object.assign(url, { port: "1" }),
        /127\.0\.0\.1:1\/.+ cannot be reached\. Does it run/,
      ],
      [
        "a name that nobody knows",
        (url) => Object.assign(url, { hostname: "nas.invalid" }),
        /nas\.invalid (is not known|could not be looked up)/,
      ],
    ])("%s is said in a sentence, without the password", { timeout: 30_000 }, async (_, change, sentence) => {
      const url = changed(change);
      const error: unknown = await open(url, { migrationsFolder }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toMatch(/^(PostgreSQL|MySQL) at /);
      expect((error as Error).message).toMatch(sentence);
      expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/S3cret/);
    });

    test("a server that takes the connection and says nothing is given up", { timeout: 30_000 }, async () => {
      const silent = createServer(() => undefined);
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      const address = silent.address();
      const port = typeof address === "object" ? `${address?.port}` : "";
      const started = performance.now();
      const opening = open(
        changed((url) => Object.assign(url, { port })),
        { migrationsFolder },
      );
      await expect(opening).rejects.toThrow(/cannot be reached|did not answer/);
      expect(performance.now() - started).toBeLessThan(15_000);
      silent.close();
    });

    test("what a failed statement says carries neither its values nor the password", async () => {
      const { db, schema } = connection;
      const failed = connection.engine.transaction([
        { sql: "insert into hologram values (?)", params: ["S3cretValue"] },
      ]);
      const error: unknown = await failed.catch((thrown: unknown) => thrown);
      expect(inspect(error, { depth: 10 })).not.toMatch(/S3cret/);
      expect((error as Error).message).toMatch(/hologram/);
      await expect(db.select().from(schema.plugins)).resolves.toBeDefined();
    });
  });
}
