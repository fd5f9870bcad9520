import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { copyPrefix } from "./configuration-tables";
import type { Connection } from "./database";
import { openMysql } from "./mysql";
import { openPostgres } from "./postgres";
import { readMigrations } from "./read-migrations";
import { instance } from "./test-connection-contract";
import { copyMigrations, type TestMigrations } from "./test-migrations";
import { createMysqlDatabase, createPostgresDatabase, type TestDatabase } from "./test-servers";

const DIALECTS = {
  postgres: {
    open: openPostgres,
    create: createPostgresDatabase,
    /** Hangs up on every connection but the one that asks. */
    hangUp: async ({ run }: TestDatabase) =>
      void (await run(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      )),
  },
  mysql: {
    open: openMysql,
    create: createMysqlDatabase,
    hangUp: async ({ run }: TestDatabase) => {
      const rows = await run(
        "select id from information_schema.processlist where db = database() and id <> connection_id()",
      );
      for (const { id } of rows as { id: number }[]) await run(`kill ${id}`).catch(() => undefined);
    },
  },
};

for (const dialect of ["postgres", "mysql"] as const) {
  const { open, create, hangUp } = DIALECTS[dialect];
  describeWith(dialect, (server) => {
    let database: TestDatabase;
    let migrations: TestMigrations;
    beforeEach(async () => {
      [database, migrations] = await Promise.all([create(server), copyMigrations(dialect)]);
    });
    afterEach(() => Promise.all([database.drop(), migrations.remove()]));

    async function withDatabase<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
      const connection = await open(database.url, { migrationsFolder: migrations.folder });
      try {
        return await work(connection);
      } finally {
        await connection.close();
      }
    }
    const add = (row = instance()) =>
      withDatabase(async ({ db, schema, engine }) => {
        await db.insert(schema.plugins).values(row);
        await db.insert(schema.pluginStatus).values({ instanceId: row.id, health: "healthy", since: 1 });
        const chunk = [1, 2, 3, 1, 1, 1, 1, 1, Uint8Array.of(1, 0, 255)];
        const columns = ["series", "start_at", "end_at", "samples", "sum", "min", "max", "last", "data"];
        await engine.transaction([{ into: "plugin_metrics_chunk", columns, rows: [chunk] }]);
        return row;
      });
    const read = () =>
      withDatabase(async ({ db, schema, engine }) => ({
        plugins: await db.select().from(schema.plugins),
        status: (await db.select().from(schema.pluginStatus)).length,
        chunks: await engine.query("select series, data from plugin_metrics_chunk"),
      }));
    const contentWith = (row: ReturnType<typeof instance>) => ({
      plugins: [row],
      status: 1,
      chunks: [[1, Uint8Array.of(1, 0, 255)]],
    });
    const listTables = async () => {
      const where = dialect === "postgres" ? "current_schema()" : "database()";
      const rows = await database.run(
        `select table_name as name from information_schema.tables where table_schema = ${where} order by 1`,
      );
      return (rows as { name: string }[]).map(({ name }) => name);
    };
    const describeTables = async () => {
      const where = dialect === "postgres" ? "current_schema()" : "database()";
      const columns = await database.run(
        `select table_name as t, column_name as c, data_type as d, is_nullable as n, collation_name as o
         from information_schema.columns where table_schema = ${where} and table_name not like 'unity_before%' order by 1, 2`,
      );
      const constraints = await database.run(
        `select table_name as t, constraint_name as c, constraint_type as d
         from information_schema.table_constraints where table_schema = ${where} and constraint_type <> 'CHECK' and table_name not like 'unity_before%' order by 1, 2`,
      );
      return {
        columns: columns.map((row) => ({ ...(row as object) })),
        constraints: constraints.map((row) => ({ ...(row as object) })),
      };
    };
    const copies = async () => (await listTables()).filter((name) => name.startsWith("unity_before_"));

    test("a new database is made and not copied; opening it again changes nothing", async () => {
      const count = readMigrations(migrations.folder).length;
      expect(await withDatabase(async ({ migrated }) => migrated)).toEqual({ applied: count, backup: null });
      const made = await describeTables();
      expect(await withDatabase(async ({ migrated }) => migrated)).toEqual({ applied: 0, backup: null });
      expect(await describeTables()).toEqual(made);
      expect(await copies()).toEqual([]);
    });

    test("every earlier version's database is taken along, with what is in it", async () => {
      const all = readMigrations(migrations.folder).length;
      for (let count = 1; count <= all; count++) {
        const [ours, earlier] = await Promise.all([create(server), copyMigrations(dialect)]);
        await earlier.keep(count);
        const before = await open(ours.url, { migrationsFolder: earlier.folder });
        const row = instance();
        await before.db.insert(before.schema.plugins).values(row);
        await before.close();
        const after = await open(ours.url, { migrationsFolder: migrations.folder });
        expect(after.migrated.applied).toBe(all - count);
        expect(await after.db.select().from(after.schema.plugins)).toEqual([row]);
        await after.close();
        await Promise.all([ours.drop(), earlier.remove()]);
      }
    });

    test("the configuration is copied before it is changed; copies of the last two changes are kept", async () => {
      const row = await add();
      const kept: string[] = [];
      for (const column of ["note", "colour", "place"]) {
        await migrations.add([`alter table plugins add column ${column} int`, "update plugins set host = 'changed'"]);
        const { backup } = await withDatabase(async ({ migrated }) => migrated);
        kept.push(/unity_before_\d{14}_/.exec(backup ?? "")?.[0] ?? "none");
        // Copies are named by the second.
        await wait(1_100);
      }
      expect(await read()).toEqual(contentWith({ ...row, host: "changed" }));
      const [, second = "", third = ""] = kept;
      const names = await copies();
      expect(new Set(names.map((name) => name.slice(0, second.length)))).toEqual(new Set([second, third]));
      expect(names).toContain(`${third}plugin_status`);
      expect(names.filter((name) => /chunk|batch|head/.test(name))).toEqual([]);
      expect(await database.run(`select id, note from ${third}plugins`)).toMatchObject([{ id: row.id, note: null }]);
    });

    // PostgreSQL copies within the transaction: nothing is left of one that was broken off.
    if (dialect === "mysql") {
      test("a copy that was broken off is made again, also in the same second", async () => {
        const row = await add();
        await migrations.add(["update plugins set host = 'changed'"]);
        // At the beginning of a second: the rest takes less than one.
        await wait(1_005 - (Date.now() % 1_000));
        const prefix = copyPrefix(new Date());
        await database.run(`create table ${prefix}plugins like plugins`);
        expect(await withDatabase(async ({ migrated }) => migrated.backup)).toContain(prefix);
        expect(await database.run(`select id from ${prefix}plugins`)).toMatchObject([{ id: row.id }]);
      });
    }

    test("those that start at once wait for each other", async () => {
      const opened = await Promise.all(
        [1, 2, 3].map(() => open(database.url, { migrationsFolder: migrations.folder })),
      );
      expect(opened.map(({ migrated }) => migrated.applied).sort()).toEqual([
        0,
        0,
        readMigrations(migrations.folder).length,
      ]);
      await Promise.all(opened.map((connection) => connection.close()));
    });

    test("a database of a newer version is refused and left alone", async () => {
      const row = await add();
      const ours = await copyMigrations(dialect);
      await migrations.add(["create table hologram (id int)"]);
      await withDatabase(async () => undefined);
      const before = await listTables();
      await expect(open(database.url, { migrationsFolder: ours.folder })).rejects.toThrow(
        /^(PostgreSQL|MySQL) at .+ was made by a newer version of Unity\. Update Unity, or restore/,
      );
      expect(await listTables()).toEqual(before);
      expect(await read()).toEqual(contentWith(row));
      await ours.remove();
    });

    test("one that fails half-way keeps the data, and says where and why; put right, it goes on", async () => {
      const row = await add();
      const broken = await copyMigrations(dialect);
      await broken.add([
        "create table first_part (id int)",
        "update plugins set hologram = 1",
        "create table last_part (id int)",
      ]);
      await expect(open(database.url, { migrationsFolder: broken.folder })).rejects.toThrow(/hologram/);
      await migrations.add([
        "create table first_part (id int)",
        "update plugins set host = 'ok'",
        "create table last_part (id int)",
      ]);
      expect(await read()).toEqual(contentWith({ ...row, host: "ok" }));
      expect(await listTables()).toEqual(expect.arrayContaining(["first_part", "last_part"]));
      await broken.remove();
    });

    test("hung up on at any moment, it is finished by the next start", async () => {
      await withDatabase(async () => undefined);
      const whole = await describeTables();
      let interrupted = 0;
      for (let round = 0; round < 12; round++) {
        const ours = await create(server);
        const opening = open(ours.url, { migrationsFolder: migrations.folder }).then(
          (connection) => connection.close(),
          () => {
            interrupted++;
          },
        );
        await wait(round * 8);
        await hangUp(ours);
        await opening;
        const connection = await open(ours.url, { migrationsFolder: migrations.folder });
        await connection.close();
        const mine = database;
        database = ours;
        const made = await describeTables();
        database = mine;
        await ours.drop();
        expect(made).toEqual(whole);
      }
      expect(interrupted).toBeGreaterThan(0);
    });

    if (dialect === "mysql") {
      test("killed after or before any statement is noted, it goes on there", async () => {
        await withDatabase(async () => undefined);
        const whole = await describeTables();
        const [migration] = readMigrations(migrations.folder);
        const statements = (migration?.statements ?? []).map((sql) =>
          sql.replaceAll("utf8mb4_bin", "utf8mb4_nopad_bin"),
        );
        for (const [index] of statements.entries()) {
          for (const noted of [index + 1, index]) {
            const ours = await create(server);
            const ran = statements.slice(0, index + 1).map((sql) => sql.trim().replace(/;$/, ""));
            await ours.run(`create table __drizzle_migrations (
              id int auto_increment primary key, hash char(64) not null, created_at bigint not null unique,
              done int not null, statements int not null);
              ${ran.join(";\n")};
              insert into __drizzle_migrations (hash, created_at, done, statements)
              values ('${migration?.hash}', ${migration?.at}, ${noted}, ${statements.length})`);
            const connection = await open(ours.url, { migrationsFolder: migrations.folder });
            await connection.close();
            const mine = database;
            database = ours;
            const made = await describeTables();
            database = mine;
            await ours.drop();
            expect(made).toEqual(whole);
          }
        }
      }, 240_000);
    }
  });
}
