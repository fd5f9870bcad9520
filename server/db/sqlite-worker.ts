/** SQLite in a thread of its own: a query of any length leaves the event loop free. Messages are answered in order. */
import { parentPort, workerData } from "node:worker_threads";
import Database from "libsql";
import type { Answer, Migration, Request, SqlValue, Step, WorkerOptions } from "./sqlite-protocol";

const { file } = workerData as WorkerOptions;
/** Statements are compiled once; a bound, because some are built with varying lists. */
const MAX_STATEMENTS = 300;

const db = new Database(file);
db.exec("pragma busy_timeout = 10000");
if (pageCount() === 0) db.exec("pragma auto_vacuum = incremental");
// NORMAL with WAL: a killed process loses nothing committed, a power cut at most the last moments, never the file.
db.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma cache_size = -8000");

function pageCount(): number {
  return Number(db.prepare("pragma page_count").raw(true).all().flat()[0]);
}

const statements = new Map<string, Database.Statement>();
function prepare(sql: string): Database.Statement {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= MAX_STATEMENTS) statements.clear();
  const statement = db.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

function query(sql: string, params: readonly SqlValue[]): unknown[][] {
  const statement = prepare(sql);
  if (!statement.reader) {
    statement.run([...params]);
    return [];
  }
  return statement.raw(true).all([...params]) as unknown[][];
}

function runSteps(steps: readonly Step[]): number[] {
  return inTransaction(() => steps.map(runStep));
}

function runStep({ sql, params = [], columns }: Step): number {
  const statement = prepare(sql);
  if (!columns) return statement.run([...params]).changes;
  let changes = 0;
  const rows = columns[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    changes += statement.run(columns.map((column) => column[row] ?? null)).changes;
  }
  return changes;
}

function inTransaction<T>(work: () => T): T {
  db.exec("begin immediate");
  try {
    const value = work();
    db.exec("commit");
    return value;
  } catch (error) {
    if (db.inTransaction) db.exec("rollback");
    throw error;
  }
}

/** Applies what is missing. The check is inside the transaction, so two processes that start at once do not collide. */
function migrate(migrations: readonly Migration[], backupFile: string): { applied: number; backup: string | null } {
  db.exec(
    "create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)",
  );
  const backup = lastApplied() > 0 && pendingAfter(lastApplied(), migrations).length > 0 ? backupFile : null;
  if (backup) db.prepare("vacuum into ?").run(backup);
  return inTransaction(() => {
    const last = lastApplied();
    const newest = migrations.at(-1)?.at ?? 0;
    if (last > newest) {
      throw new Error(
        `${file} was made by a newer version of Unity. Update Unity, or restore the copy made before that update.`,
      );
    }
    const pending = pendingAfter(last, migrations);
    for (const { statements: list, hash, at } of pending) {
      for (const statement of list) db.exec(statement);
      db.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)").run(hash, at);
    }
    return { applied: pending.length, backup };
  });
}

const lastApplied = () => Number(query("select max(created_at) from __drizzle_migrations", [])[0]?.[0] ?? 0);
const pendingAfter = (last: number, migrations: readonly Migration[]) => migrations.filter(({ at }) => at > last);

function answer(request: Request): unknown {
  switch (request.op) {
    case "query":
      return query(request.sql, request.params);
    case "transaction":
      return runSteps(request.steps);
    case "migrate":
      return migrate(request.migrations, request.backupFile);
    case "close":
      statements.clear();
      db.close();
      return undefined;
  }
  return request satisfies never;
}

parentPort?.on("message", ({ id, request }: { id: number; request: Request }) => {
  let said: Answer;
  try {
    said = { id, value: answer(request) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    said = { id, error: { message: error instanceof Error ? error.message : String(error), code } };
  }
  parentPort?.postMessage(said);
  if (request.op === "close") parentPort?.close();
});
