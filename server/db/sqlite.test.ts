import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSqlite, type SqliteConnection } from "./sqlite";
import { describeConnection, instance } from "./test-connection-contract";

const migrationsFolder = join(import.meta.dirname, "../../drizzle/migrations/sqlite");
let folder: string;
let connection: SqliteConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-sqlite-"));
  connection = await openSqlite(join(folder, "unity.db"), { migrationsFolder });
});
afterAll(async () => {
  await connection.close();
  await rm(folder, { recursive: true, force: true });
});

describeConnection("SQLite", () => openSqlite(join(folder, "configuration.db"), { migrationsFolder }));

const insert = (row: ReturnType<typeof instance>) => connection.db.insert(connection.schema.plugins).values(row).then();
async function find(id: string) {
  const { db, schema } = connection;
  return (await db.select().from(schema.plugins).where(eq(schema.plugins.id, id)))[0];
}
function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
const aMoment = () => new Promise((resolve) => setImmediate(resolve));

test("statements of others wait while a transaction is open", async () => {
  const { db, schema } = connection;
  const [mine, other] = [instance(), instance()];
  const [begun, end] = [createGate(), createGate()];
  const seen: string[] = [];
  const held = db.transaction(async (tx) => {
    await tx.insert(schema.plugins).values(mine);
    begun.open();
    await end.opened;
    const found = await tx.select().from(schema.plugins).where(eq(schema.plugins.id, other.id));
    seen.push(`inside, ${found.length} of others`);
  });
  await begun.opened;
  const others = [
    insert(other).then(() => seen.push("inserted")),
    find(mine.id).then((row) => seen.push(`${row?.id}`)),
  ];
  for (let turn = 0; turn < 20; turn++) await aMoment();
  expect(seen).toEqual([]);
  end.open();
  await Promise.all([held, ...others]);
  expect(seen).toEqual(["inside, 0 of others", "inserted", mine.id]);
});

test("a statement that fails ends its transaction and says why", async () => {
  const { db, schema } = connection;
  const [row, taken] = [instance(), instance()];
  await insert(taken);
  const failed = db.transaction(async (tx) => {
    await tx.insert(schema.plugins).values(row);
    await tx.insert(schema.plugins).values({ ...taken, name: "another" });
  });
  await expect(failed).rejects.toMatchObject({ cause: { code: "SQLITE_CONSTRAINT_PRIMARYKEY" } });
  expect(await find(row.id)).toBeUndefined();
});

test("a statement that goes past the transaction it is in is refused instead of waiting for ever", async () => {
  const { db } = connection;
  const row = instance();
  await expect(db.transaction(async () => insert(row))).rejects.toMatchObject({
    cause: { message: expect.stringContaining("use its `tx` only") },
  });
  await insert(row);
});

test("a long query leaves the event loop free", async () => {
  let turns = 0;
  let running = true;
  const counting =
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500000) select max(i) from n";
  const query = connection.engine.query(counting).finally(() => {
    running = false;
  });
  while (running) {
    await aMoment();
    turns++;
  }
  expect(await query).toEqual([[500_000]]);
  expect(turns).toBeGreaterThan(50);
});

test("it checks itself", async () => {
  expect(await connection.integrityCheck()).toBe("ok");
});

test("a closed database says so, and may be closed twice", async () => {
  const other = await openSqlite(join(folder, "closed.db"), { migrationsFolder });
  await Promise.all([other.close(), other.close()]);
  await expect(other.engine.query("select 1")).rejects.toThrow("closed");
});

test.each([
  ["a file that is no database", "notes.txt"],
  ["a folder that is not there", "missing/unity.db"],
])("%s is refused with its name", async (_, name) => {
  await writeFile(
    join(folder, "notes.txt"),
    "Milk, bread, and quite a lot more, so that it is longer than a header.".repeat(20),
  );
  const file = join(folder, name);
  await expect(openSqlite(file, { migrationsFolder })).rejects.toThrow(`The database ${file} cannot be opened`);
});
