import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Connection } from "../db/database";
import { openSqlite } from "../db/sqlite";
import { folders } from "../places";
import { openAuditLog } from "./audit-log";
import { describeAuditLog } from "./test-audit-log";
import { openClock, openLines } from "./test-clock";
import { COMMAND } from "./visitor";

const folder = mkdtempSync(join(tmpdir(), "unity-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open = () => openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") });

describeAuditLog("SQLite", open);

type State = "away" | "silent" | "there";

/** A database that is away, says nothing, or is there, as it is told. */
async function openFlaky() {
  const connection = await open();
  await connection.db.delete(connection.schema.auditLog);
  const is: { state: State } = { state: "there" };
  const insertIgnore: Connection["dialect"]["insertIgnore"] = async (...given) => {
    if (is.state === "away") throw new Error("the database is away");
    if (is.state === "silent") await new Promise(() => undefined);
    return connection.dialect.insertIgnore(...given);
  };
  const clock = openClock();
  const lines = openLines();
  const flaky = { ...connection, dialect: { ...connection.dialect, insertIgnore } };
  const audit = openAuditLog(flaky, { clock, log: lines.log });
  return {
    ...{ audit, clock, lines, is },
    note: (action: string) => audit.record({ who: COMMAND, action, outcome: "done" }),
    stored: () => connection.db.$count(connection.schema.auditLog),
    close: connection.close,
  };
}

test("while the database is away entries are kept, and written when it is back, each once", async () => {
  const { clock, is, lines, note, stored, close } = await openFlaky();
  is.state = "away";
  note("one");
  clock.pass(500);
  await expect.poll(() => lines.lines).toMatchObject([{ level: "warn", error: "the database is away" }]);
  note("two");
  clock.pass(2_000);
  is.state = "there";
  const laterStored = () => {
    clock.pass(2_000);
    return stored();
  };
  await expect.poll(laterStored).toBe(2);
  expect(lines.lines.map(({ msg }) => msg)).toEqual([
    "the audit log cannot be written; its entries are kept and tried again",
    "the audit log is written again",
  ]);
  await close();
});

test("more than can be kept goes to the process's log, the oldest first, none is lost", async () => {
  const { audit, is, lines, note, stored, close } = await openFlaky();
  is.state = "away";
  for (let count = 0; count < 5_100; count += 1) note(`a${count}`);
  expect(lines.instead()).toEqual(Array.from({ length: 100 }, (_, index) => `a${index}`));
  is.state = "there";
  await audit.close();
  expect([await stored(), lines.instead().length]).toEqual([5_000, 100]);
  await close();
});

test.each(["away", "silent"] as const)(
  "at an end with a database that is %s, every entry is in the process's log",
  async (state) => {
    const { audit, clock, is, lines, note, close } = await openFlaky();
    is.state = state;
    note("one");
    note("two");
    const ended = audit.close();
    clock.pass(1_000);
    await ended;
    expect(lines.instead()).toEqual(["one", "two"]);
    await close();
  },
);

test("whatever it is given, it does not throw", async () => {
  const { audit, lines, close } = await openFlaky();
  const wrong = { who: null, action: "x", outcome: "done" } as unknown as Parameters<typeof audit.record>[0];
  audit.record(wrong);
  expect(lines.lines).toMatchObject([{ level: "error", action: "x" }]);
  await close();
});
