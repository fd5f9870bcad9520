import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Database } from "../db/database";
import { openSqlite } from "../db/sqlite";
import { folders } from "../places";
import { openClock, openLines } from "./test-clock";
import { addPerson, describeTokenBook } from "./test-token-book";
import { openTokenBook } from "./token-book";

const folder = mkdtempSync(join(tmpdir(), "unity-tokens-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openHere = () => openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") });

describeTokenBook("SQLite", openHere);

test("while the database is away, what is known goes on, and what changed is read as soon as it is back", async () => {
  const connection = await openHere();
  await connection.db.delete(connection.schema.users);
  let isAway = false;
  const db = new Proxy(connection.db, {
    get(target, name) {
      if (isAway && name === "select") throw new Error("the database is away");
      return Reflect.get(target, name);
    },
  }) as Database;
  const clock = openClock();
  const { lines, log } = openLines();
  const book = await openTokenBook({ ...connection, db }, { clock, log, changed: () => undefined });
  const id = await addPerson(connection, "Anna");
  const draft = { name: "x", scopes: ["read" as const, "administer" as const], tags: null, expiresInDays: null };
  const { secret } = await book.create(id, draft);
  const may = async () => [...((await book.find(secret, { address: null, now: clock.now() }))?.permissions ?? [])];
  await connection.db.update(connection.schema.users).set({ role: "viewer" });
  isAway = true;
  await book.reload();
  expect(await may()).toEqual(["read", "administer"]);
  isAway = false;
  clock.pass(2_000);
  expect(await may()).toEqual(["read"]);
  expect(lines.map(({ level }) => level)).toEqual(["warn", "info"]);
  await book.close();
  await connection.close();
});
