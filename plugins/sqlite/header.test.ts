import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { parseHeader } from "./header";

/** What SQLite itself writes, with these statements. */
function headerOf(sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), "unity-header-"));
  const file = join(folder, "t.db");
  const db = new Database(file);
  db.exec(sql);
  db.close();
  const hex = readFileSync(file).subarray(0, 100).toString("hex");
  rmSync(folder, { recursive: true });
  return hex;
}

test("reads what SQLite writes", () => {
  const header = parseHeader(
    headerOf("pragma page_size = 8192; pragma user_version = -7; pragma application_id = 42; create table t (x)"),
  );
  expect(header).toMatchObject({
    ...{ journalMode: "rollback", pageBytes: 8_192, pages: 2, freePages: 0, encoding: "UTF-8" },
    ...{ userVersion: -7, applicationId: 42 },
  });
  expect(header?.sqliteVersion).toMatch(/^3\.\d+\.\d+$/);
});

test("knows the largest page, other encodings and the write-ahead log", () => {
  const header = parseHeader(
    headerOf("pragma page_size = 65536; pragma encoding = 'UTF-16le'; pragma journal_mode = wal; create table t (x)"),
  );
  expect(header).toMatchObject({ journalMode: "wal", pageBytes: 65_536, encoding: "UTF-16le" });
});

test("counts free pages", () => {
  const fill = "create table t (x); insert into t values (zeroblob(100000)); drop table t";
  expect(parseHeader(headerOf(fill))?.freePages).toBeGreaterThan(20);
});

test("does not believe a number of pages that another writer left behind", () => {
  const hex = headerOf("create table t (x)");
  expect(parseHeader(`${hex.slice(0, 92 * 2)}00000063${hex.slice(96 * 2)}`)?.pages).toBeUndefined();
});

test.each(["", "53514c", "00".repeat(100), Buffer.from("SQLite format 2").toString("hex")])("refuses %j", (hex) => {
  expect(parseHeader(hex)).toBeUndefined();
});
