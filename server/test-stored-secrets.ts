import { copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { definePlugin, type Plugin } from "../plugins/sdk";
import { secret } from "../plugins/sdk/config";
import type { Connection } from "./db/database";
import { createLog } from "./log";
import { Secret } from "./secrets";
import { encryptPlain } from "./stored-secrets";
import { isSealed, keyIdOf } from "./vault/cipher";
import { listTexts } from "./vault/map-texts";
import { openVault } from "./vault/open-vault";
import type { KeyPlaces } from "./vault/read-keys";
import { rotateSecrets } from "./vault/rotate";
import { readSecretRows } from "./vault/secret-rows";

const NOW = 1_795_478_400_000;
const log = createLog("silent");
const shown = "the database";
const nas: Plugin = definePlugin({
  id: "nas",
  name: "NAS",
  summary: "Something with a password.",
  category: "system",
  tier: 0,
  kind: "network",
  intervalSeconds: 10,
  config: z.object({ url: z.string(), password: secret().optional() }),
  metrics: { nas_up: { kind: "gauge", unit: "count", description: "Whether it is up.", labels: [] } },
  alerts: [],
  board: [],
  async collect() {},
});
const plugin = (id: string) => (id === "nas" ? nas : undefined);
const PLANTED = /PLANTED-\w+/;

/** Secrets in the database: the same on every one. `open` gives the same database each time. */
export function describeStoredSecrets(name: string, open: () => Promise<Connection>): void {
  describe(`stored secrets on ${name}`, () => {
    let connection: Connection;
    let folder: string;
    const placesIn = (part: string, more: Partial<KeyPlaces> = {}): KeyPlaces => ({
      ...{ key: undefined, old: undefined, file: undefined, ownFile: join(folder, `${part}.key`) },
      ...more,
    });
    const vaultOf = (part: string, more?: Partial<KeyPlaces>) =>
      openVault(connection, placesIn(part, more), { shown, log });
    const said: string[] = [];
    const rotate = (places: KeyPlaces, db: Connection = connection) =>
      rotateSecrets(db, { places, shown, say: (line) => void said.push(line) });
    const sealedOf = async () =>
      (await readSecretRows(connection))
        .flatMap(({ value }) => listTexts(value))
        .flatMap(({ text }) => (isSealed(text) ? [text] : []));
    const configs = async () => {
      const { db, schema } = connection;
      const [plugins, channels, settings] = [
        await db.select().from(schema.plugins).orderBy(schema.plugins.id),
        await db.select().from(schema.channels),
        await db.select().from(schema.settings).orderBy(schema.settings.key),
      ];
      return { plugins, channels, settings };
    };

    /** As a version left it that did not encrypt. */
    async function addPlain(): Promise<void> {
      const { db, schema } = connection;
      const times = { createdAt: NOW, updatedAt: NOW };
      const instance = { host: "h", intervalSeconds: 10, timeoutMs: 1_000, tags: [], ...times };
      await db.insert(schema.plugins).values([
        {
          ...instance,
          id: "i1",
          plugin: "nas",
          name: "NAS",
          config: { url: "https://nas.lab", password: "PLANTED-a" },
        },
        { ...instance, id: "i2", plugin: "nas", name: "Bare", config: { url: "https://bare.lab" } },
        { ...instance, id: "i3", plugin: "gone", name: "Gone", config: { deep: { token: "PLANTED-b", on: true } } },
        { ...instance, id: "i4", plugin: "nas", name: "By name", config: { url: "x", password: `\${UNITY_SECRET_X}` } },
      ]);
      const config = { url: "https://gotify.lab", token: "PLANTED-c" };
      await db.insert(schema.channels).values({ id: "c1", kind: "gotify", name: "Phone", config, ...times });
      await db.insert(schema.settings).values([
        { key: "notify.key", value: "PLANTED-d" },
        {
          key: "notify.settings",
          value: { publicUrl: "", heartbeat: { url: "https://hc.lab/PLANTED-e", everySeconds: 60 } },
        },
        { key: "web_push_keys", value: { publicKey: "public", privateKey: "PLANTED-f" } },
        { key: "retention", value: { rawDays: 30 } },
      ]);
    }

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "unity-stored-secrets-"));
      connection = await open();
    });
    beforeEach(async () => {
      const { db, schema } = connection;
      for (const table of [schema.plugins, schema.channels, schema.settings]) await db.delete(table);
      said.length = 0;
    });
    afterAll(async () => {
      await connection.close();
      await rm(folder, { recursive: true, force: true });
    });

    test("what lay there as it was entered is encrypted once, and nothing else is changed", async () => {
      await addPlain();
      const before = await configs();
      const vault = await vaultOf("carry");
      expect(await encryptPlain(connection, { vault, plugin, log })).toBe(6);
      const after = await configs();
      expect(JSON.stringify(after)).not.toMatch(PLANTED);
      expect(after.plugins[0]?.config).toEqual({ url: "https://nas.lab", password: expect.stringMatching(/^enc:v1:/) });
      expect(after.plugins[2]?.config).toEqual({ deep: { token: expect.stringMatching(/^enc:v1:/), on: true } });
      expect(after.plugins[3]).toEqual(before.plugins[3]);
      const opened = after.plugins.map((row) => ({
        ...row,
        config: vault.open({ table: "plugins", row: row.id }, row.config),
      }));
      expect(opened).toEqual(before.plugins);
      const settings = after.settings
        .filter(({ key }) => key !== "secrets.key")
        .map(({ key, value }) => ({ key, value: vault.open({ table: "settings", row: key }, value) }));
      expect(settings).toEqual(before.settings);
      expect(await encryptPlain(connection, { vault, plugin, log })).toBe(0);
      expect(await configs()).toEqual(after);
    });

    test("another key is refused, says whose secrets it cannot read, and changes nothing", async () => {
      await addPlain();
      await encryptPlain(connection, { vault: await vaultOf("right"), plugin, log });
      const before = await configs();
      const refused = vaultOf("wrong");
      await expect(refused).rejects.toThrow(
        /instance "NAS", instance "Gone", channel "Phone", Unity's own keys and settings/,
      );
      await expect(refused).rejects.toThrow(/this Unity has none .*wrong\.key.* Nothing was changed/);
      await expect(stat(placesIn("wrong").ownFile)).rejects.toThrow("ENOENT");
      await expect(vaultOf("wrong", { key: new Secret(Buffer.alloc(32, 1).toString("hex")) })).rejects.toThrow(
        /UNITY_SECRET_KEY\)/,
      );
      expect(await configs()).toEqual(before);
      await copyFile(placesIn("right").ownFile, placesIn("wrong").ownFile);
      expect((await vaultOf("wrong")).keyId).toBe((await vaultOf("right")).keyId);
    });

    test("of two with folders of their own that begin at once, one key counts, and the other one is told", async () => {
      const ends = await Promise.allSettled([vaultOf("two-a"), vaultOf("two-b"), vaultOf("two-c")]);
      expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const end of ends)
        if (end.status === "rejected")
          expect(String(end.reason)).toContain("Every process on one database needs the same");
    });

    test("a key of its own is made anew: what is interrupted stays readable, and goes on", async () => {
      await addPlain();
      const before = await configs();
      const places = placesIn("rotate");
      const former = await openVault(connection, places, { shown, log });
      await encryptPlain(connection, { vault: former, plugin, log });
      const broken = failingAfter(connection, 1);
      await expect(rotate(places, broken)).rejects.toThrow("gone away");
      const halfway = new Set((await sealedOf()).map(keyIdOf));
      expect(halfway.size).toBe(2);
      const between = await openVault(connection, places, { shown, log });
      expect(between.keyId).not.toBe(former.keyId);
      const rows = (await configs()).plugins;
      expect(rows.map((row) => between.open({ table: "plugins", row: row.id }, row.config))).toEqual(
        before.plugins.map(({ config }) => config),
      );
      await rotate(places);
      expect(said.join(" ")).toContain("It goes on where it was interrupted");
      expect(new Set((await sealedOf()).map(keyIdOf))).toEqual(new Set([between.keyId]));
      expect((await readFile(places.ownFile, "utf8")).trim().split("\n")).toHaveLength(1);
      const retired = `${places.ownFile}.former`;
      expect((await stat(retired)).mode & 0o777).toBe(0o600);
      const after = await openVault(connection, places, { shown, log });
      const { channels, settings } = await configs();
      expect(channels.map((row) => after.open({ table: "channels", row: row.id }, row.config))).toEqual(
        before.channels.map(({ config }) => config),
      );
      const link = settings.find(({ key }) => key === "notify.key");
      expect(after.open({ table: "settings", row: "notify.key" }, link?.value)).toBe("PLANTED-d");
    });

    test("a key of the environment is changed by naming both", async () => {
      await addPlain();
      const [first, second] = [1, 2].map((byte) => new Secret(Buffer.alloc(32, byte).toString("base64")));
      await encryptPlain(connection, { vault: await vaultOf("env", { key: first }), plugin, log });
      await expect(rotate(placesIn("env", { key: first }))).rejects.toThrow("UNITY_SECRET_KEY_OLD");
      await expect(rotate(placesIn("env", { key: second }))).rejects.toThrow("cannot read those of");
      // Until then it is written as before, so that a process that has the former one alone reads it.
      expect((await vaultOf("env", { key: second, old: first })).keyId).toBe(
        (await vaultOf("env", { key: first })).keyId,
      );
      await rotate(placesIn("env", { key: second, old: first }));
      expect(new Set((await sealedOf()).map(keyIdOf))).toEqual(
        new Set([(await vaultOf("env", { key: second })).keyId]),
      );
    });

    test("what somebody changes while it is encrypted stays as that one left it", async () => {
      await addPlain();
      const vault = await vaultOf("race");
      const { db, schema } = connection;
      const value = { url: "https://new.lab" };
      await encryptPlain(
        interrupted(connection, async (tx) => {
          await tx
            .update(schema.plugins)
            .set({ config: value, updatedAt: NOW + 1 })
            .where(eq(schema.plugins.id, "i1"));
        }),
        { vault, plugin, log },
      );
      const [row] = await db.select().from(schema.plugins).where(eq(schema.plugins.id, "i1"));
      expect(row?.config).toEqual(value);
    });
  });
}

/** The same database, which goes away after so many transactions. */
function failingAfter(connection: Connection, transactions: number): Connection {
  let left = transactions;
  const db = new Proxy(connection.db, {
    get(target, key, receiver) {
      if (key !== "transaction") return Reflect.get(target, key, receiver);
      return (...given: Parameters<Connection["db"]["transaction"]>) => {
        left -= 1;
        return left < 0 ? Promise.reject(new Error("The database has gone away.")) : target.transaction(...given);
      };
    },
  });
  return { ...connection, db };
}

/** The same database, in which somebody else changes something just after the rows were read. */
function interrupted(connection: Connection, change: (db: Connection["db"]) => Promise<void>): Connection {
  let done = false;
  const wrap = (db: Connection["db"]): Connection["db"] =>
    new Proxy(db, {
      get(target, key, receiver) {
        if (key === "transaction")
          return (work: (tx: Connection["db"]) => Promise<unknown>) => target.transaction((tx) => work(wrap(tx)));
        const value: unknown = Reflect.get(target, key, receiver);
        if (key !== "update" || done) return value;
        done = true;
        return (table: never) => ({
          set: (values: never) => ({
            where: async (where: never) => {
              await change(target);
              await target.update(table).set(values).where(where);
            },
          }),
        });
      },
    });
  return { ...connection, db: wrap(connection.db) };
}
