import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Service } from "../../scripts/services/service";
import { openShell } from "./test-shell";

const fill = "insert into t select value, hex(randomblob(40)) from generate_series(1, 2000)";

async function begin(service: Service) {
  service.version(`SQLite ${await service.run("sqlite3", ["--version"])}`.split(" ").slice(0, 2).join(" "));
  const at = (name: string) => join(service.folder, name);
  const sql = (name: string, text: string) => service.run("sqlite3", ["-bail", at(name), text]);
  const collect = (name: string, more: Record<string, unknown> = {}, memory = service.memory()) =>
    service.collect({ paths: [at(name)], ...more }, { memory });
  return { at, sql, collect };
}
type Tools = Awaited<ReturnType<typeof begin>>;

/** Processes that have it open; one that was killed has it until it gets a processor to end on. */
function countHolders(path: string): number {
  const holds = (process: string) => {
    const folder = join("/proc", process, "fd");
    try {
      return readdirSync(folder).some((file) => readlinkSync(join(folder, file)) === path);
    } catch {
      return false; // It ended meanwhile.
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && holds(name)).length;
}

describeService("sqlite", "Rollback journal", (service) => {
  let tools: Tools;
  beforeAll(async () => {
    tools = await begin(service);
    await tools.sql("app.db", `pragma page_size = 4096; create table t (x, y); create index i on t (x); ${fill}`);
  });

  test("reads size, schema and rows as they are, and finds it whole", async () => {
    const { at, sql, collect } = tools;
    await sql("app.db", "pragma user_version = 7; create table other (z); insert into other values (1), (2), (3)");
    const seen = await collect("app.db", { tableCounts: true, integrity: "full" });
    const database = at("app.db");
    expect([seen.failure, seen.partial]).toEqual([undefined, []]);
    expect(seen.value("sqlite_file_bytes", { database })).toBe(statSync(database).size);
    expect(seen.value("sqlite_pages", { database })).toBe(statSync(database).size / 4_096);
    expect(seen.value("sqlite_tables", { database })).toBe(2);
    expect(seen.value("sqlite_indexes", { database })).toBe(1);
    expect(seen.value("sqlite_table_rows", { table: "other" })).toBe(3);
    expect(seen.value("sqlite_table_rows", { table: "t" })).toBe(2_000);
    expect(seen.value("sqlite_integrity_ok", { database })).toBe(1);
    expect(seen.labels("sqlite_info")).toMatchObject({ journal_mode: "rollback", user_version: "7" });
  });

  test("counts changes, and pages that deleting set free", async () => {
    const { sql, collect } = tools;
    const before = await collect("app.db");
    await sql("app.db", "insert into other values (4)");
    await sql("app.db", "delete from t where x > 500");
    const after = await collect("app.db");
    const grown =
      (after.value("sqlite_change_counter_total") ?? 0) - (before.value("sqlite_change_counter_total") ?? 0);
    expect(grown).toBe(2);
    expect(after.value("sqlite_free_pages")).toBeGreaterThan(20);
    expect(after.value("sqlite_free_ratio")).toBeGreaterThan(0.3);
    await sql("app.db", "vacuum");
    expect((await collect("app.db")).value("sqlite_free_pages")).toBe(0);
  });

  test("sees that a writer keeps it locked, and checks it once it is free", async () => {
    const { at, collect } = tools;
    const memory = service.memory();
    const writer = openShell(at("app.db"));
    await writer.run("begin exclusive; insert into other values (5)");
    const locked = await collect("app.db", { busyTimeoutMs: 100 }, memory);
    expect(locked.value("sqlite_locked")).toBe(1);
    expect(locked.value("sqlite_integrity_ok")).toBeUndefined();
    expect([locked.failure, locked.partial]).toEqual([undefined, []]);
    await writer.run("commit");
    await writer.close();
    const free = await collect("app.db", {}, memory);
    expect(free.value("sqlite_locked")).toBe(0);
    expect(free.value("sqlite_integrity_ok")).toBe(1);
  });

  test("sees the journal of a writer that crashed, and leaves it alone", async () => {
    const { at, sql, collect } = tools;
    const writer = openShell(at("app.db"));
    await writer.run(`pragma cache_size = 1; begin; ${fill}`);
    await writer.crash();
    const seen = await collect("app.db");
    expect(seen.value("sqlite_journal_bytes")).toBeGreaterThan(0);
    expect(seen.failure).toBeUndefined();
    expect(existsSync(at("app.db-journal"))).toBe(true);
    // The next who may write undoes what it had begun.
    expect((await sql("app.db", "delete from other where z = 99; select count(*) from t")).trim()).toBe("500");
    expect((await collect("app.db")).value("sqlite_journal_bytes")).toBe(0);
  });

  test("knows the largest page, and names that need care", async () => {
    const { at, sql, collect } = tools;
    await sql("a b?#%.db", "pragma page_size = 65536; create table t (x)");
    const seen = await collect("a b?#%.db");
    expect(seen.value("sqlite_page_size_bytes", { database: at("a b?#%.db") })).toBe(65_536);
    expect(seen.value("sqlite_tables")).toBe(1);
  });
});

describeService("sqlite", "Write-ahead log", (service) => {
  let tools: Tools;
  const files = () =>
    readdirSync(service.folder)
      .filter((name) => name.startsWith("wal.db"))
      .sort();
  beforeAll(async () => {
    tools = await begin(service);
  });

  test("reads what stands in the log only, and lets the writer write", async () => {
    const { at, collect } = tools;
    const writer = openShell(at("wal.db"));
    await writer.run(`pragma journal_mode = wal; create table t (x, y); ${fill}`);
    await writer.run("begin immediate; insert into t values (0, 0)");
    const seen = await collect("wal.db", { tableCounts: true });
    expect(seen.value("sqlite_table_rows", { table: "t" })).toBe(2_000);
    expect(seen.value("sqlite_wal_bytes")).toBe(statSync(at("wal.db-wal")).size);
    expect(seen.value("sqlite_integrity_ok")).toBe(1);
    expect(seen.value("sqlite_locked")).toBe(0);
    expect(seen.labels("sqlite_info")).toMatchObject({ journal_mode: "wal" });
    await writer.run("commit");
    // Ours has ended: its application is the last to close, and empties the log.
    await service.until(() => countHolders(at("wal.db")) === 1);
    await writer.close();
    expect(files()).toEqual(["wal.db"]);
  });

  test("leaves nothing beside a database that nobody has open", async () => {
    const seen = await tools.collect("wal.db", { tableCounts: true });
    expect(seen.value("sqlite_table_rows", { table: "t" })).toBe(2_001);
    expect(seen.value("sqlite_integrity_ok")).toBe(1);
    expect(files()).toEqual(["wal.db"]);
  });

  test("does not open one whose application crashed and whose index of the log is gone", async () => {
    const { at, collect } = tools;
    const writer = openShell(at("wal.db"));
    await writer.run("insert into t values (1, 1)");
    await writer.crash();
    rmSync(at("wal.db-shm"));
    const seen = await collect("wal.db");
    expect(seen.failure).toBeUndefined();
    expect(seen.value("sqlite_tables")).toBeUndefined();
    expect(files()).toEqual(["wal.db", "wal.db-wal"]);
  });
});

describeService("sqlite", "Damaged and foreign files", (service) => {
  let tools: Tools;
  const bad = async (name: string, more: Record<string, unknown> = {}) => {
    const seen = await tools.collect(name, more);
    expect(seen.failure).toBeUndefined();
    return { ok: seen.value("sqlite_integrity_ok"), readable: seen.value("sqlite_readable") };
  };
  beforeAll(async () => {
    tools = await begin(service);
    await tools.sql("good.db", `create table t (x, y); create index i on t (x); ${fill}`);
    for (const name of ["page", "schema", "cut", "index"]) copyFileSync(tools.at("good.db"), tools.at(`${name}.db`));
  });

  /** Overwrites bytes of the file. */
  function spoil(name: string, at: number, bytes: number) {
    const content = readFileSync(tools.at(name));
    content.fill(0xff, at, at + bytes);
    writeFileSync(tools.at(name), content);
  }

  test("finds a broken page, a broken schema, and a file cut in half", async () => {
    spoil("page.db", 4_096 * 8, 200);
    spoil("schema.db", 100, 200);
    truncateSync(tools.at("cut.db"), statSync(tools.at("cut.db")).size / 2);
    expect(await bad("page.db")).toEqual({ ok: 0, readable: 1 });
    expect(await bad("schema.db")).toEqual({ ok: 0, readable: 1 });
    expect(await bad("cut.db")).toEqual({ ok: 0, readable: 1 });
  });

  test("finds an index that lacks a row with the full check only", async () => {
    // As a fault in an application's own SQLite would leave it: the row is written, the index is not.
    await tools.sql(
      "index.db",
      `pragma writable_schema = on; create table keep as select * from sqlite_master where name = 'i';
       delete from sqlite_master where name = 'i'`,
    );
    await tools.sql("index.db", "insert into t values (99999, 'new')");
    await tools.sql(
      "index.db",
      "pragma writable_schema = on; insert into sqlite_master select * from keep; pragma writable_schema = off",
    );
    expect(await bad("index.db", { integrity: "quick" })).toEqual({ ok: 1, readable: 1 });
    expect(await bad("index.db", { integrity: "full" })).toEqual({ ok: 0, readable: 1 });
  });

  test("tells an encrypted or overwritten file from a database, and an empty one", async () => {
    writeFileSync(tools.at("encrypted.db"), Buffer.alloc(8_192, 0xa7));
    writeFileSync(tools.at("empty.db"), "");
    expect(await bad("encrypted.db")).toEqual({ ok: undefined, readable: 0 });
    expect(await bad("empty.db")).toEqual({ ok: undefined, readable: 1 });
  });

  test("looks through a folder, and remembers what was a database", async () => {
    const memory = service.memory();
    const seen = await service.collect({ scanDirs: [service.folder], integrity: "off" }, { memory });
    expect(seen.value("sqlite_readable", { database: tools.at("encrypted.db") })).toBeUndefined();
    expect(seen.value("sqlite_file_bytes", { database: tools.at("good.db") })).toBeGreaterThan(0);
    writeFileSync(tools.at("good.db"), "overwritten");
    const after = await service.collect({ scanDirs: [service.folder], integrity: "off" }, { memory });
    expect(after.value("sqlite_readable", { database: tools.at("good.db") })).toBe(0);
  });

  test("says what is missing", async () => {
    expect((await tools.collect("nowhere.db")).failure?.reason).toBe("not_found");
    expect((await service.collect({})).failure?.reason).toBe("not_found");
  });
});
