import{createRequire as cr_}from'module';const require=cr_(import.meta.url);

// server/db/sqlite-worker.ts
import { parentPort, workerData } from "node:worker_threads";
import Database from "libsql";

// server/db/pending-migrations.ts
function refuseNewer(place, applied, migrations) {
  if (applied <= (migrations.at(-1)?.at ?? 0)) return;
  throw new Error(
    `${place} was made by a newer version of Unity. Update Unity, or restore the copy made before that update.`
  );
}
var pendingAfter = (applied, migrations) => migrations.filter(({ at }) => at > applied);

// server/db/sqlite-migrate.ts
function inTransaction(db2, work) {
  db2.exec("begin immediate");
  try {
    const value = work();
    db2.exec("commit");
    return value;
  } catch (error) {
    if (db2.inTransaction) db2.exec("rollback");
    throw error;
  }
}
function migrate(db2, { file: file2, migrations, backupFile }) {
  const applied = inTransaction(db2, () => {
    db2.exec(
      "create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)"
    );
    return lastApplied(db2);
  });
  refuseNewer(file2, applied, migrations);
  const backup = applied > 0 && pendingAfter(applied, migrations).length > 0 ? backupFile : null;
  if (backup) db2.prepare("vacuum into ?").run([backup]);
  db2.exec("pragma foreign_keys = off");
  try {
    return { applied: inTransaction(db2, () => applyPending(db2, migrations)), backup };
  } finally {
    db2.exec("pragma foreign_keys = on");
  }
}
function applyPending(db2, migrations) {
  const pending = pendingAfter(lastApplied(db2), migrations);
  for (const { statements: statements2, hash, at } of pending) {
    for (const statement of statements2) db2.exec(statement);
    db2.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)").run([hash, at]);
  }
  const [dangling] = db2.prepare("pragma foreign_key_check").raw(true).all();
  if (pending.length > 0 && dangling) {
    throw new Error(`The migration would leave rows of ${dangling[0]} pointing at ${dangling[2]} that are not there.`);
  }
  return pending.length;
}
function lastApplied(db2) {
  const rows = db2.prepare("select max(created_at) from __drizzle_migrations").raw(true).all();
  return Number(rows[0]?.[0] ?? 0);
}

// server/db/sqlite-rows.ts
function ownBytes(rows) {
  const memory = [];
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) {
      const value = row[column];
      if (typeof value !== "object" || value === null) continue;
      const bytes = toBytes(value);
      row[column] = bytes;
      memory.push(bytes.buffer);
    }
  }
  return memory;
}
function toBytes(value) {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!(value instanceof Uint8Array))
    throw new TypeError("The database gave a value that is neither text, number nor bytes.");
  const { buffer, byteOffset, byteLength } = value;
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) return new Uint8Array(buffer);
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

// server/db/sqlite-steps.ts
function runStep(prepare2, step) {
  if ("into" in step) return runRows(prepare2(insertSql(step)), step.rows);
  return prepare2(step.sql).run([...step.params ?? []]).changes;
}
function runRows(statement, rows) {
  let changes = 0;
  for (const row of rows) changes += statement.run([...row]).changes;
  return changes;
}
function insertSql({ into, columns, conflict }) {
  const insert = `insert into ${quote(into)} (${columns.map(quote)}) values (${columns.map(() => "?")})`;
  if (!conflict) return insert;
  const values = conflict.keep === "new" ? columns.filter((column) => !conflict.key.includes(column)) : [];
  const target = `${insert} on conflict (${conflict.key.map(quote)})`;
  if (values.length === 0) return `${target} do nothing`;
  return `${target} do update set ${values.map((column) => `${quote(column)} = excluded.${quote(column)}`)}`;
}
var quote = (name) => `"${name}"`;

// server/db/sqlite-worker.ts
var { file } = workerData;
var MAX_STATEMENTS = 300;
var db = open();
var statements = /* @__PURE__ */ new Map();
function open() {
  try {
    const opened = new Database(file);
    opened.exec("pragma busy_timeout = 10000");
    const [pages] = opened.prepare("pragma page_count").raw(true).all().flat();
    if (Number(pages) === 0) opened.exec("pragma auto_vacuum = incremental");
    opened.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on");
    opened.exec("pragma cache_size = -8000; pragma journal_size_limit = 67108864");
    return opened;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The database ${file} cannot be opened: ${reason}. Is it a database, and may it be written?`);
  }
}
function prepare(sql) {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= MAX_STATEMENTS) statements.clear();
  const statement = db.prepare(sql);
  statements.set(sql, statement);
  return statement;
}
function query(sql, params) {
  if (sql === "rollback" && !db.inTransaction) return [];
  const statement = prepare(sql);
  if (statement.reader) return statement.raw(true).all([...params]);
  statement.run([...params]);
  return [];
}
function close() {
  statements.clear();
  db.exec("pragma busy_timeout = 0; pragma wal_checkpoint(truncate)");
  db.close();
}
function answer(request) {
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
  return request;
}
parentPort?.on("message", ({ id, request }) => {
  let said;
  let memory = [];
  try {
    const value = answer(request);
    if (request.op === "query") memory = ownBytes(value);
    said = { id, value };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    said = { id, error: { message: error instanceof Error ? error.message : String(error), code } };
  }
  parentPort?.postMessage(said, memory);
  if (request.op === "close") parentPort?.close();
});
