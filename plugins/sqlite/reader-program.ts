/**
 * Reads databases in a process of its own. SQLite works without giving way; and closing a file that this process's own database
 * stands in would let go of its locks (POSIX advisory locks belong to the process).
 */
import { closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import Database from "libsql";
import { CHANGED, type Question } from "./reader";

const HEADER_BYTES = 100;
/** Faults that one check tells. */
const MAX_FAULTS = 10;
const MAX_FAULT_LENGTH = 200;

setFlagsFromString("--expose-gc");
/** The library ends a statement when its object is collected, and a database closes with its last statement. */
const endStatements: () => void = runInNewContext("gc");

type Opened = Exclude<Question, { read: "header" }>;

/** Answers a {@link Question}. What SQLite or the system refuse is an answer, too: `{ problem: { code, message } }`. */
export function answer(asked: unknown): unknown {
  const question = asked as Question; // The plugin's own, in this folder.
  try {
    return question.read === "header" ? readHeader(question.path) : withDatabase(question);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return { problem: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}

function readHeader(path: string) {
  // Without waiting: a FIFO that nobody writes would hold it up.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    return { header: bytes.subarray(0, readSync(file, bytes, 0, HEADER_BYTES, 0)).toString("hex") };
  } finally {
    closeSync(file);
  }
}

function withDatabase(question: Opened) {
  const before = question.immutable ? stateOf(question.path) : "";
  const startedAt = performance.now();
  try {
    const found = openAndRead(question);
    const ms = Math.round((performance.now() - startedAt) * 1_000) / 1_000;
    if (question.immutable && stateOf(question.path) !== before)
      return { problem: { code: CHANGED, message: "It was written to meanwhile." } };
    return { ...found, ms };
  } finally {
    // Its application is then the last to close it, and puts its log in order.
    endStatements();
  }
}

function openAndRead(question: Opened) {
  const mode = question.immutable ? "immutable=1" : "mode=ro";
  const db = new Database(`${pathToFileURL(question.path).href}?${mode}`);
  try {
    // What stands in the file is not to be run; broken cells are found before they are used.
    for (const pragma of [`busy_timeout = ${question.busyTimeoutMs}`, "trusted_schema = 0", "cell_size_check = 1"])
      db.prepare(`pragma ${pragma}`).all();
    return readFrom(db, question);
  } finally {
    db.close();
  }
}

/** Differs when somebody has begun to write. */
function stateOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size} ${existsSync(`${path}-wal`)} ${existsSync(`${path}-journal`)}`;
}

function readFrom(db: Database.Database, question: Opened) {
  const rows = (sql: string) => db.prepare(sql).raw(true).all() as unknown[][];
  switch (question.read) {
    case "schema": {
      const counts = rows(
        "select type, count(*) from sqlite_master where name not like 'sqlite\\_%' escape '\\' group by type",
      );
      const count = (type: string) => Number(counts.find(([name]) => name === type)?.[1] ?? 0);
      return { tables: count("table"), indexes: count("index") };
    }
    case "rows": {
      const names = rows(
        `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
         and sql not like 'create virtual%' order by name limit ${question.maxTables + 1}`,
      ).map(([name]) => String(name));
      const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
      const counted = names
        .slice(0, question.maxTables)
        .map((table) => ({ table, rows: Number(rows(`select count(*) from ${quoted(table)}`)[0]?.[0]) }));
      return { counted, more: names.length > question.maxTables };
    }
    case "check": {
      const pragma = question.kind === "full" ? "integrity_check" : "quick_check";
      const told = rows(`pragma ${pragma}(${MAX_FAULTS})`).map(([text]) => String(text));
      return { faults: told.filter((text) => text !== "ok").map((text) => text.slice(0, MAX_FAULT_LENGTH)) };
    }
    default:
      return question satisfies never;
  }
}
