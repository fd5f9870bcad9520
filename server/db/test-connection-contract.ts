import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connection } from "./database";

let count = 0;
export const instance = () => ({
  id: `id-${++count}`,
  plugin: "docker",
  name: `name ${count}`,
  host: "nas",
  enabled: true,
  config: { url: "http://nas", ports: [1, 2] } as Record<string, unknown>,
  intervalSeconds: 10,
  timeoutMs: 5_000,
  tags: ["a"],
  createdAt: 1_795_478_400_123,
  updatedAt: 1_795_478_400_123,
});

/** What the configuration relies on, in every dialect. `open` gives an empty, migrated database. */
export function describeConnection(name: string, open: () => Promise<Connection>): void {
  describe(`the configuration on ${name}`, () => {
    let connection: Connection;
    beforeAll(async () => {
      connection = await open();
    }, 60_000);
    afterAll(() => connection?.close());

    const insert = (...rows: ReturnType<typeof instance>[]) =>
      connection.db.insert(connection.schema.plugins).values(rows).then();
    async function find(id: string) {
      const { db, schema } = connection;
      return (await db.select().from(schema.plugins).where(eq(schema.plugins.id, id)))[0];
    }

    test("a row comes back with the types it went in with", async () => {
      const row = instance();
      await insert(row);
      expect(await find(row.id)).toEqual(row);
    });

    test("who changes or deletes is told how many rows it were, also those that were like that before", async () => {
      const { db, dialect, schema } = connection;
      const { plugins } = schema;
      const rows = [instance(), instance(), instance()];
      await insert(...rows);
      const mine = inArray(
        plugins.id,
        rows.map(({ id }) => id),
      );
      const [first, second] = rows;
      expect(await dialect.updateCounted(db, plugins, { enabled: true }, mine)).toBe(3);
      expect(await dialect.updateCounted(db, plugins, { host: "attic" }, eq(plugins.id, first?.id ?? ""))).toBe(1);
      expect(await find(first?.id ?? "")).toMatchObject({ host: "attic", enabled: true });
      expect(await dialect.updateCounted(db, plugins, { host: "attic" }, eq(plugins.id, "nobody"))).toBe(0);
      const racing = Array.from({ length: 5 }, () =>
        dialect.deleteCounted(db, plugins, eq(plugins.id, second?.id ?? "")),
      );
      expect((await Promise.all(racing)).toSorted()).toEqual([0, 0, 0, 0, 1]);
      expect(await dialect.deleteCounted(db, plugins, mine)).toBe(2);
    });

    test("instants are exact to the millisecond, in any year and across a change of the clocks", async () => {
      const instants = [0, 1, 999, 1_792_890_000_000, 1_792_893_600_001, 4_102_444_800_000, 253_402_300_799_999];
      const rows = instants.map((at) => ({ ...instance(), createdAt: at, updatedAt: at }));
      await insert(...rows);
      for (const row of rows) expect(await find(row.id)).toEqual(row);
      const { db, schema } = connection;
      const { plugins } = schema;
      const ids = rows.map(({ id }) => id);
      const found = await db
        .select({ at: plugins.createdAt })
        .from(plugins)
        .where(and(inArray(plugins.id, ids), gte(plugins.createdAt, 999), lt(plugins.createdAt, 4_102_444_800_000)))
        .orderBy(desc(plugins.createdAt));
      expect(found.map(({ at }) => at)).toEqual([1_792_893_600_001, 1_792_890_000_000, 999]);
    });

    test("JSON keeps every kind of value, and text that looks like JSON stays text", async () => {
      const { db, schema, dialect } = connection;
      const values = ["12", "null", '{"a":1}', "", 'it\'s \\ "quoted"', 12, 0.1, 2 ** 53, -1e-7, true, null, [], {}];
      for (const value of [...values, { deep: [{ ä: "日本🏠" }], list: [1, "1", null], "a b": "line\nbreak" }]) {
        // A JSON null is SQL's null to drizzle, which the column refuses.
        if (value === null) continue;
        await dialect.upsert(db, schema.settings, [{ key: "json", value }], [schema.settings.key]);
        expect((await db.select().from(schema.settings))[0]?.value).toEqual(value);
      }
    });

    test("names that differ in case, accents or a space at the end are different", async () => {
      const names = ["nas", "NAS", "nas ", "näs", "nas\u00a0", "🏠", "🏡"];
      const rows = names.map((text) => ({ ...instance(), plugin: "names", name: text }));
      await insert(...rows);
      const { db, schema } = connection;
      for (const row of rows) {
        const found = await db.select().from(schema.plugins).where(eq(schema.plugins.name, row.name));
        expect(found).toEqual([row]);
      }
    });

    test("the longest name fits, a longer one is refused or kept whole, never cut", async () => {
      const longest = "日".repeat(191);
      const row = { ...instance(), name: longest, plugin: "x".repeat(191) };
      await insert(row);
      expect(await find(row.id)).toEqual(row);
      const longer = { ...instance(), name: `${longest}!` };
      const kept = await insert(longer).then(
        () => find(longer.id),
        () => undefined,
      );
      expect([undefined, longer]).toContainEqual(kept);
      const { db, schema } = connection;
      const series = { instanceId: "i".repeat(36), metric: longest, labels: {}, hash: longest, createdAt: 1 };
      await db.insert(schema.metricSeries).values(series);
      await db.delete(schema.metricSeries);
    });

    test("text that is no whole text takes nobody else's along", async () => {
      const { db, schema } = connection;
      const odd = 'a\0b \ud83c c\udf00 \\u0000 \\\0 "\u0001" 🏠';
      const even = 'a\ufffdb \ufffd c\ufffd \\u0000 \\\ufffd "\u0001" 🏠';
      const row = { ...instance(), name: odd, config: { [odd]: [odd] }, tags: ["ok", odd] };
      await insert(row, instance());
      expect(await find(row.id)).toEqual({ ...row, name: even, config: { [even]: [even] }, tags: ["ok", even] });
      const status = { instanceId: row.id, health: "failing" as const, since: 1, message: odd };
      await connection.dialect.upsert(db, schema.pluginStatus, [status], [schema.pluginStatus.instanceId]);
      const found = await db.select().from(schema.pluginStatus).where(eq(schema.pluginStatus.instanceId, row.id));
      expect(found[0]?.message).toBe(even);
    });

    test("a long message fits", async () => {
      const { db, schema } = connection;
      const row = instance();
      await insert(row);
      const status = {
        instanceId: row.id,
        health: "failing" as const,
        since: 5,
        lastRunAt: null,
        lastSuccessAt: 7,
        reason: null,
        message: "ö".repeat(100_000),
        hint: "",
        consecutiveErrors: 2_147_483_647,
      };
      await db.insert(schema.pluginStatus).values(status);
      const found = await db.select().from(schema.pluginStatus).where(eq(schema.pluginStatus.instanceId, row.id));
      expect(found).toEqual([status]);
    });

    test("defaults are the same", async () => {
      const { db, schema } = connection;
      const { enabled: _, ...rest } = instance();
      await db.insert(schema.plugins).values(rest);
      expect(await find(rest.id)).toMatchObject({ enabled: true });
      await db.insert(schema.pluginStatus).values({ instanceId: rest.id, health: "healthy", since: 1 });
      const found = await db.select().from(schema.pluginStatus).where(eq(schema.pluginStatus.instanceId, rest.id));
      expect(found[0]).toMatchObject({ consecutiveErrors: 0, lastRunAt: null, message: null });
    });

    test("insertIgnore keeps what is there, upsert replaces it", async () => {
      const { db, schema, dialect } = connection;
      const row = instance();
      const changed = { ...row, host: "router", config: {}, enabled: false };
      const other = instance();
      await dialect.insertIgnore(db, schema.plugins, [row]);
      await dialect.insertIgnore(db, schema.plugins, [changed, other, { ...instance(), name: other.name }]);
      await dialect.insertIgnore(db, schema.plugins, []);
      expect([await find(row.id), await find(other.id)]).toEqual([row, other]);
      await dialect.upsert(db, schema.plugins, [changed], [schema.plugins.id]);
      expect(await find(row.id)).toEqual(changed);
    });

    test("insertIgnore does not swallow what is wrong otherwise", async () => {
      const { db, schema, dialect } = connection;
      const orphan = { instanceId: "nobody", health: "healthy" as const, since: 1 };
      await expect(dialect.insertIgnore(db, schema.pluginStatus, [orphan])).rejects.toThrow();
      expect(await db.select().from(schema.pluginStatus).where(eq(schema.pluginStatus.instanceId, "nobody"))).toEqual(
        [],
      );
    });

    test("what is unique is refused the second time", async () => {
      const row = instance();
      await insert(row);
      await expect(insert({ ...instance(), name: row.name })).rejects.toThrow();
      await expect(insert({ ...row, name: "another" })).rejects.toThrow();
    });

    test("what belongs to a deleted row goes with it", async () => {
      const { db, schema } = connection;
      const [row, other] = [instance(), instance()];
      await insert(row, other);
      for (const { id } of [row, other])
        await db.insert(schema.pluginStatus).values({ instanceId: id, health: "healthy", since: 1 });
      await db.delete(schema.plugins).where(eq(schema.plugins.id, row.id));
      const left = await db
        .select({ id: schema.pluginStatus.instanceId })
        .from(schema.pluginStatus)
        .where(inArray(schema.pluginStatus.instanceId, [row.id, other.id]));
      expect(left).toEqual([{ id: other.id }]);
    });

    test("the id of a forgotten series is not given again", async () => {
      const { db, schema } = connection;
      const series = (hash: string) => ({ instanceId: "x", metric: "up", labels: { a: "b" }, hash, createdAt: 1 });
      const ids = async () => (await db.select().from(schema.metricSeries)).map(({ id }) => id);
      await db.insert(schema.metricSeries).values(series("a"));
      const [first = 0] = await ids();
      await db.delete(schema.metricSeries);
      await db.insert(schema.metricSeries).values(series("b"));
      const [second = 0] = await ids();
      expect(second).toBeGreaterThan(first);
      await db.delete(schema.metricSeries);
    });

    test("a transaction that throws leaves nothing behind, and the database goes on", async () => {
      const { db, schema } = connection;
      const row = instance();
      const failed = db.transaction(async (tx) => {
        await tx.insert(schema.plugins).values(row);
        expect(await tx.select().from(schema.plugins).where(eq(schema.plugins.id, row.id))).toEqual([row]);
        throw new Error("changed my mind");
      });
      await expect(failed).rejects.toThrow("changed my mind");
      expect(await find(row.id)).toBeUndefined();
      await insert(row);
      expect(await find(row.id)).toEqual(row);
    });

    test("a statement that fails takes its transaction with it", async () => {
      const { db, schema } = connection;
      const [row, taken] = [instance(), instance()];
      await insert(taken);
      const failed = db.transaction(async (tx) => {
        await tx.insert(schema.plugins).values(row);
        await tx.insert(schema.plugins).values({ ...taken, name: "yet another" });
      });
      await expect(failed).rejects.toThrow();
      expect(await find(row.id)).toBeUndefined();
    });

    test("a transaction inside a transaction takes back only itself", async () => {
      const { db, schema } = connection;
      const [outer, inner] = [instance(), instance()];
      await db.transaction(async (tx) => {
        await tx.insert(schema.plugins).values(outer);
        const failed = tx.transaction(async (nested) => {
          await nested.insert(schema.plugins).values(inner);
          throw new Error("no");
        });
        await expect(failed).rejects.toThrow("no");
      });
      expect([await find(outer.id), await find(inner.id)]).toEqual([outer, undefined]);
    });

    test("many at once all come through, more than there are connections", async () => {
      const { db, schema } = connection;
      const rows = Array.from({ length: 60 }, instance);
      await Promise.all(
        rows.map(async (row, index) => {
          if (index % 2) return insert(row);
          await db.transaction(async (tx) => {
            await tx.insert(schema.plugins).values(row);
            await tx.update(schema.plugins).set({ host: "moved" }).where(eq(schema.plugins.id, row.id));
          });
        }),
      );
      const ids = rows.map(({ id }) => id);
      const found = await db.select().from(schema.plugins).where(inArray(schema.plugins.id, ids));
      expect(found).toHaveLength(60);
      expect(found.filter(({ host }) => host === "moved")).toHaveLength(30);
    });

    test("it says what it is", () => {
      expect(connection.version).toMatch(/^(SQLite|PostgreSQL|MariaDB|MySQL) \d+\.\d+/);
    });
  });
}
