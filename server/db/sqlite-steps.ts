import type Database from "libsql";
import type { Insert, Step } from "./sql-engine";

type Prepare = (sql: string) => Database.Statement;

/** Runs one step of a transaction. Returns the rows it changed. */
export function runStep(prepare: Prepare, step: Step): number {
  if ("into" in step) return runRows(prepare(insertSql(step)), step.rows);
  return prepare(step.sql).run([...(step.params ?? [])]).changes;
}

function runRows(statement: Database.Statement, rows: Insert["rows"]): number {
  let changes = 0;
  for (const row of rows) changes += statement.run([...row]).changes;
  return changes;
}

function insertSql({ into, columns, conflict }: Insert): string {
  const insert = `insert into ${quote(into)} (${columns.map(quote)}) values (${columns.map(() => "?")})`;
  if (!conflict) return insert;
  const values = conflict.keep === "new" ? columns.filter((column) => !conflict.key.includes(column)) : [];
  const target = `${insert} on conflict (${conflict.key.map(quote)})`;
  if (values.length === 0) return `${target} do nothing`;
  return `${target} do update set ${values.map((column) => `${quote(column)} = excluded.${quote(column)}`)}`;
}

const quote = (name: string) => `"${name}"`;
