import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { parseDatabaseUrl, placeOfFile } from "../db/database-place";
import { openMysql } from "../db/mysql";
import { openPostgres } from "../db/postgres";
import { openTestDisk, whyNoDisk } from "../db/test-disk";
import { copyMigrations, type TestMigrations } from "../db/test-migrations";
import { createMysqlDatabase, createPostgresDatabase, migrationsRoot, type TestDatabase } from "../db/test-servers";
import { readEnv } from "../env";
import { addConfiguration } from "../move/test-installation";
import { openStores } from "../open-stores";
import { upgradingOf } from "./keep-former";
import { addNotifying, type Env, encryptAll, KEY_ONE, secretsOf, unity } from "./test-backups";

const SERVERS = {
  postgres: { open: openPostgres, create: createPostgresDatabase },
  mysql: { open: openMysql, create: createMysqlDatabase },
};
const noDisk = await whyNoDisk(openTestDisk);

for (const kind of ["postgres", "mysql"] as const) {
  const { open, create } = SERVERS[kind];
  describeWith(kind, (server) => {
    let database: TestDatabase;
    let earlier: TestMigrations;
    let folder: string;
    const envIn = (data: string, more: Env = {}): Env => ({ UNITY_DATA: data, UNITY_SECRET_KEY: KEY_ONE, ...more });
    const kept = async () => (await readdir(join(folder, "data"))).filter((name) => name.startsWith("unity.before-"));
    /** As a start does. */
    const update = async (env: Env, migrationsFolder = join(migrationsRoot, kind)) => {
      const { keep } = upgradingOf(readEnv(env));
      const connection = await open(database.url, { migrationsFolder, keep });
      await connection.close();
      return connection.migrated;
    };

    /** An installation of the version before the last that changed tables. */
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "unity-former-"));
      [database, earlier] = await Promise.all([create(server), copyMigrations(kind)]);
      await earlier.keep(3);
      const connection = await open(database.url, { migrationsFolder: earlier.folder });
      await addConfiguration({ connection });
      await addNotifying({ connection });
      await encryptAll({ connection }, envIn(folder));
      await connection.close();
    });
    afterEach(async () => {
      await Promise.all([database.drop(), earlier.remove()]);
      await rm(folder, { recursive: true, force: true });
    });

    test("the configuration of before lies in the data folder, and can be put back with every value as it was", async () => {
      const env = envIn(join(folder, "data"));
      const { applied, archive } = await update(env);
      expect(applied).toBe(1);
      expect(await kept()).toEqual([archive?.split("/").at(-1)]);
      expect((await stat(archive ?? "")).mode & 0o777).toBe(0o600);
      expect((await update(env)).archive).toBeUndefined();

      const to = placeOfFile(join(folder, "back.db"));
      const { outcome } = await unity(["restore", archive ?? "", "--to", `sqlite:${to.file}`], env);
      expect(outcome).toMatchObject({ samples: 0, secrets: { kind: "kept" }, notes: [] });
      const [there, back] = [await openStores(parseDatabaseUrl(database.url)), await openStores(to)];
      expect(await secretsOf(back, env)).toEqual(await secretsOf(there, env));
      for (const name of ["plugins", "pluginStatus", "pluginInventory", "alertHistory", "channels"] as const) {
        const rows = await back.connection.db.select().from(back.connection.schema[name]);
        expect(rows.length).toBeGreaterThan(0);
        const same = await there.connection.db.select().from(there.connection.schema[name]);
        expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
          new Set(same.map((row) => JSON.stringify(row))),
        );
      }
      for (const { store, close } of [there, back]) await store.close().finally(close);
    });

    test("the newest three are kept; what a later version does not know any more is told", async () => {
      const env = envIn(join(folder, "data"));
      const [broken, later] = await Promise.all([copyMigrations(kind), copyMigrations(kind)]);
      await broken.add(["update holograms set id = 1"]);
      for (let tries = 0; tries < 3; tries++) await expect(update(env, broken.folder)).rejects.toThrow("holograms");
      expect(await kept(), "of one that is tried again").toHaveLength(1);
      for (const column of ["a", "b", "c", "d"]) {
        await later.add([`alter table plugins add column ${column} int`]);
        await update(env, later.folder);
        // The copies in the database are named by the second.
        await wait(1_100);
      }
      await broken.remove();
      await later.remove();
      const files = await kept();
      expect(files).toHaveLength(3);
      const newest = join(folder, "data", files.toSorted().at(-1) ?? "");
      await expect(unity(["restore", newest, "--to", `sqlite:${folder}/x.db`], env)).rejects.toThrow(
        /it has the column a of plugins, which Unity \S+ does not\. Put it back with the version from before the update/,
      );
    });

    test.skipIf(noDisk)(
      `without room nothing is changed, unless that is wanted${noDisk ? `, skipped: ${noDisk}` : ""}`,
      async () => {
        const disk = openTestDisk();
        try {
          const data = join(disk.folder, "data");
          await mkdir(data);
          disk.fill();
          await expect(update(envIn(data))).rejects.toThrow(
            /wants an update, and its configuration cannot be kept before\. There is no room left on the disk of .+ UNITY_UPGRADE_WITHOUT_BACKUP=1\.$/,
          );
          expect(await readdir(data)).toEqual([]);
          const before = await open(database.url, { migrationsFolder: earlier.folder });
          expect(before.migrated.applied, "the version of before still opens it").toBe(0);
          await before.close();
          const { applied, archive } = await update(envIn(data, { UNITY_UPGRADE_WITHOUT_BACKUP: "1" }));
          expect([applied, archive]).toEqual([1, undefined]);
        } finally {
          await disk.close();
        }
      },
    );
  });
}
