import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMigrations } from "./read-migrations";
import { openSqlite } from "./sqlite";
import { openTestDisk, whyNoDisk } from "./test-disk";

const ours = join(import.meta.dirname, "../../drizzle/migrations/sqlite");
let folder: string;
let file: string;
let migrationsFolder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-migrate-"));
  file = join(folder, "unity.db");
  migrationsFolder = join(folder, "migrations");
  await cp(ours, migrationsFolder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function addMigration(sql: string): Promise<void> {
  const journalFile = join(migrationsFolder, "meta/_journal.json");
  const journal: { entries: { idx: number; when: number }[] } = JSON.parse(await readFile(journalFile, "utf8"));
  const newest = journal.entries.at(-1);
  const tag = `${journal.entries.length}_test`;
  journal.entries.push({ ...newest, idx: journal.entries.length, when: (newest?.when ?? 0) + 1, ...{ tag } });
  await writeFile(journalFile, JSON.stringify(journal));
  await writeFile(join(migrationsFolder, `${tag}.sql`), sql);
}

/** As a version knew them that had only the first so many. */
async function keepMigrations(count: number): Promise<void> {
  const journalFile = join(migrationsFolder, "meta/_journal.json");
  const journal: { entries: unknown[] } = JSON.parse(await readFile(journalFile, "utf8"));
  await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
}

async function withDatabase<T>(work: (opened: Awaited<ReturnType<typeof openSqlite>>) => Promise<T>): Promise<T> {
  const connection = await openSqlite(file, { migrationsFolder });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
const addInstance = `insert into plugins (id, plugin, name, host, config, interval_seconds, timeout_ms, tags, created_at, updated_at)
  values ('a', 'docker', 'n', 'h', '{}', 1, 1, '[]', 1, 1);
  insert into plugin_status (instance_id, health, since) values ('a', 'healthy', 1)`;
const copies = async () => (await readdir(folder)).filter((name) => name.includes(".before-"));

test("a new database is made and not copied; opening it again changes nothing", async () => {
  expect(await withDatabase(async ({ migrated }) => migrated)).toMatchObject({
    applied: readMigrations(ours).length,
    backup: null,
  });
  expect(await withDatabase(async ({ migrated }) => migrated)).toEqual({ applied: 0, backup: null });
  expect(await copies()).toEqual([]);
});

test("a database with data is copied before it is changed", async () => {
  await withDatabase(({ engine }) => engine.run(addInstance));
  await addMigration("alter table plugins add column note text;");
  await withDatabase(async ({ engine, migrated }) => {
    expect(migrated.applied).toBe(1);
    expect(await engine.query("select id, note from plugins")).toEqual([["a", null]]);
  });
  const [copy = ""] = await copies();
  file = join(folder, copy);
  migrationsFolder = ours;
  await withDatabase(async ({ engine, migrated, integrityCheck }) => {
    expect(migrated.applied).toBe(0);
    expect(await integrityCheck()).toBe("ok");
    expect(await engine.query("select id from plugins")).toEqual([["a"]]);
  });
});

const noDisk = await whyNoDisk(openTestDisk);
test.skipIf(noDisk)(
  `one that cannot be copied stays as it is, unless that is wanted${noDisk ? `, skipped: ${noDisk}` : ""}`,
  async () => {
    const disk = openTestDisk();
    try {
      file = join(disk.folder, "unity.db");
      await withDatabase(({ engine }) =>
        engine.run(`${addInstance}; update plugins set config = '"' || hex(zeroblob(1000000)) || '"'`),
      );
      await addMigration("alter table plugins add column note text;");
      disk.fill(1_000_000);
      await expect(withDatabase(async () => undefined)).rejects.toThrow(
        /unity\.db wants an update, and no copy of it can be kept before\. There is no room left on the disk of .+ UNITY_UPGRADE_WITHOUT_BACKUP=1\.$/,
      );
      expect((await readdir(disk.folder)).filter((name) => name.includes(".before-"))).toEqual([]);
      const connection = await openSqlite(file, { migrationsFolder, mayGoWithout: true });
      expect(connection.migrated).toEqual({ applied: 1, backup: null });
      expect(await connection.engine.query("select id, note from plugins")).toEqual([["a", null]]);
      await connection.close();
    } finally {
      await disk.close();
    }
  },
);

test("an installation of the first version keeps everything, its samples under another name", async () => {
  await keepMigrations(1);
  await withDatabase(async ({ engine }) => {
    await engine.run(addInstance);
    await engine.run(`insert into plugin_metrics values (1, 1795478400123, 0.1), (2, 5, -1e300);
      insert into plugin_metrics_rollup values (3600, 1, 0, 2, 3, 1, 2, 2);
      insert into metric_series (instance_id, metric, labels, hash, created_at) values ('a', 'up', '{}', 'h', 7);
      insert into settings values ('metrics_rolled_up_to', '3600000')`);
  });
  migrationsFolder = ours;
  await withDatabase(async ({ engine, migrated, integrityCheck }) => {
    expect(migrated.applied).toBe(readMigrations(ours).length - 1);
    expect(await integrityCheck()).toBe("ok");
    expect(await engine.query("select * from plugin_metrics_v1")).toEqual([
      [1, 1_795_478_400_123, 0.1],
      [2, 5, -1e300],
    ]);
    expect(await engine.query("select * from plugin_metrics_rollup_v1")).toEqual([[3600, 1, 0, 2, 3, 1, 2, 2]]);
    expect(
      await engine.query(
        "select plugins.id, health, value, metric from plugins, plugin_status, settings, metric_series",
      ),
    ).toEqual([["a", "healthy", "3600000", "up"]]);
  });
  expect(await copies()).toHaveLength(1);
});

test("a table that is built anew keeps what points at it", async () => {
  await withDatabase(({ engine }) => engine.run(addInstance));
  await addMigration(`create table new_plugins as select * from plugins;--> statement-breakpoint
drop table plugins;--> statement-breakpoint
create table plugins (id text primary key not null, name text not null);--> statement-breakpoint
insert into plugins select id, name from new_plugins;`);
  await withDatabase(async ({ engine }) => {
    expect(await engine.query("select instance_id from plugin_status")).toEqual([["a"]]);
    await expect(
      engine.run("insert into plugin_status (instance_id, health, since) values ('b', 'x', 1)"),
    ).rejects.toThrow("FOREIGN KEY");
  });
});

test.each([
  ["that fails half-way", "delete from plugins;--> statement-breakpoint\nselect nonsense from nowhere;", "nowhere"],
  ["that orphans rows", "delete from plugins;", "plugin_status pointing at plugins"],
])("a migration %s changes nothing", async (_, sql, reason) => {
  await withDatabase(({ engine }) => engine.run(addInstance));
  await addMigration(sql);
  await expect(openSqlite(file, { migrationsFolder })).rejects.toThrow(reason);
  migrationsFolder = ours;
  await withDatabase(async ({ engine }) => {
    expect(await engine.query("select id from plugins")).toEqual([["a"]]);
  });
});

test("a database of a newer version is refused and left alone", async () => {
  await addMigration("create table hologram (id integer);");
  await withDatabase(async () => undefined);
  migrationsFolder = ours;
  await expect(openSqlite(file, { migrationsFolder })).rejects.toThrow(`${file} was made by a newer version of Unity`);
  expect(await copies()).toEqual([]);
});

test("processes that start at once do not collide", { timeout: 60_000 }, async () => {
  const module = JSON.stringify(join(import.meta.dirname, "sqlite.ts"));
  const code = `import { openSqlite } from ${module};
    const { migrated, close } = await openSqlite(${JSON.stringify(file)}, { migrationsFolder: ${JSON.stringify(ours)} });
    process.stdout.write(String(migrated.applied));
    await close();`;
  const said = await Promise.all([1, 2, 3].map(() => runModule(code)));
  expect(said.sort()).toEqual(["0", "0", `${readMigrations(ours).length}`]);
});

test("killed in the middle, it is done as a whole at the next start", { timeout: 60_000 }, async () => {
  await withDatabase(({ engine }) => engine.run(addInstance));
  const counting = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000) select i from n";
  await addMigration(`create table part_1 as ${counting};--> statement-breakpoint
create table part_2 as ${counting};--> statement-breakpoint
update plugins set host = 'done';`);
  const code = `import { openSqlite } from ${JSON.stringify(join(import.meta.dirname, "sqlite.ts"))};
    process.stdout.write("begins");
    await openSqlite(${JSON.stringify(file)}, { migrationsFolder: ${JSON.stringify(migrationsFolder)} });
    process.stdout.write("ends");`;
  const said: string[] = [];
  for (const afterMs of [150, 500, 900]) said.push(await killAfter(code, afterMs));
  expect(said).toContain("begins");
  await withDatabase(async ({ engine, integrityCheck }) => {
    expect(await integrityCheck()).toBe("ok");
    expect(await engine.query("select count(*) from part_1 union all select count(*) from part_2")).toEqual([
      [400_000],
      [400_000],
    ]);
    expect(await engine.query("select host from plugins")).toEqual([["done"]]);
  });
});

/** What a process said that was killed so long after its first word. */
function killAfter(code: string, milliseconds: number): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code]);
  let said = "";
  child.stdout.on("data", (data) => {
    if (said === "") setTimeout(() => child.kill("SIGKILL"), milliseconds);
    said += data;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(said));
  });
}

/** What a process of its own wrote, its errors with it. */
function runModule(code: string): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
    timeout: 50_000,
  });
  let said = "";
  child.stdout.on("data", (data) => {
    said += data;
  });
  child.stderr.on("data", (data) => {
    said += data;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(said));
  });
}
