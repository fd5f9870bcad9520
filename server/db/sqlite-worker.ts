/** SQLite in a thread of its own: a query of any length leaves the event loop free. Messages are answered in order. */
import { parentPort, workerData } from "node:worker_threads";
import Database from "libsql";
import { explainFileError } from "./file-error";
import type { SqlValue } from "./sql-engine";
import { inTransaction, migrate } from "./sqlite-migrate";
import type { Answer, Request, WorkerOptions } from "./sqlite-protocol";
import { gatherBytes } from "./sqlite-rows";
import { runStep } from "./sqlite-steps";

const { file } = workerData as WorkerOptions;
/** Statements are compiled once; a bound, because some are built with varying lists. */
const MAX_STATEMENTS = 300;

const db = open();
const statements = new Map<string, Database.Statement>();

function open(): Database.Database {
  try {
    const opened = new Database(file);
    // First of all: another process may be opening the same file.
    opened.exec("pragma busy_timeout = 10000");
    const [pages] = opened.prepare("pragma page_count").raw(true).all().flat();
    // Possible only before the first table: what is deleted can then be given back to the disk in small parts.
    if (Number(pages) === 0) opened.exec("pragma auto_vacuum = incremental");
    // NORMAL with WAL: a killed process loses nothing committed, a power cut at most the last moments, never the file.
    opened.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on");
    // 8 MB of cache; a write-ahead log that grew once is cut back to 64 MB.
    opened.exec("pragma cache_size = -8000; pragma journal_size_limit = 67108864");
    return opened;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      explainFileError(error, file, { unclear: true }) ??
        `The database ${file} cannot be opened: ${reason}. Is it a database, and may it be written?`,
    );
  }
}

function prepare(sql: string): Database.Statement {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= MAX_STATEMENTS) statements.clear();
  const statement = db.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

function query(sql: string, params: readonly SqlValue[]): unknown[][] {
  // After a full disk SQLite has rolled back by itself; an error here would hide the first one.
  if (sql === "rollback" && !db.inTransaction) return [];
  const statement = prepare(sql);
  if (statement.reader) return statement.raw(true).all([...params]) as unknown[][];
  statement.run([...params]);
  return [];
}

function close(): void {
  statements.clear();
  // The log of a database that was closed in order is empty, so that copying the one file copies everything. Not worth waiting
  // for another process that reads.
  try {
    db.exec("pragma busy_timeout = 0; pragma wal_checkpoint(truncate)");
  } catch {
    // A disk that is full, say: what is in the log stays there, and is found by whoever opens it next.
  }
  db.close();
}

function answer(request: Request): unknown {
  switch (request.op) {
    case "query":
      return query(request.sql, request.params);
    case "transaction":
      return inTransaction(db, () => request.steps.map((step) => runStep(prepare, step)));
    case "script":
      return void db.exec(request.sql);
    case "migrate":
      return migrate(db, { file, ...request });
    case "close":
      return close();
  }
  return request satisfies never;
}

parentPort?.on("message", ({ id, request }: { id: number; request: Request }) => {
  let said: Answer;
  let memory: ArrayBuffer[] = [];
  try {
    const value = answer(request);
    if (request.op === "query") memory = gatherBytes(value as unknown[][]);
    said = { id, value };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const message = explainFileError(error, file) ?? (error instanceof Error ? error.message : String(error));
    said = { id, error: { message, code } };
  }
  parentPort?.postMessage(said, memory);
  if (request.op === "close") parentPort?.close();
});
