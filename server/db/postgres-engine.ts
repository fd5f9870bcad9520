import { createNumbering } from "./numbered-parameters";
import type { PostgresPool } from "./postgres-pool";
import { CONNECTION_LOST, type Session } from "./postgres-session";
import { codeOf } from "./server-error";
import { lastOfEach, splitRows } from "./split-rows";
import type { Insert, SqlEngine, SqlValue, Step } from "./sql-engine";

/** The protocol counts parameters in 16 bits. */
const MAX_PARAMETERS = 65_534;
/** Keeps a statement's text and the memory for it small; more rows gain nothing. */
const MAX_ROWS = 1_000;
const MAX_BYTES = 4_000_000;
/** Plans that the server keeps for a connection. */
const MAX_PREPARED = 200;
/** Serialization failure, deadlock: the server rolled back, and says that the same may succeed now. */
const TRY_AGAIN = new Set(["40001", "40P01"]);
const TRIES = 4;

/** @param write for transactions, so that a flush does not wait for readers */
export function createPostgresEngine({ read, write }: { read: PostgresPool; write: PostgresPool }): SqlEngine {
  const numbered = createNumbering();
  const prepared = new Set<string>();

  /** What has no parameters has its values in its text, to be planned for them. */
  function mayPrepare(sql: string, params: readonly SqlValue[]): boolean {
    if (params.length === 0) return false;
    if (prepared.size < MAX_PREPARED) prepared.add(sql);
    return prepared.has(sql);
  }
  async function query(sql: string, params: readonly SqlValue[] = []): Promise<SqlValue[][]> {
    const run = (session: Session) => session.values(numbered(sql), { params, prepare: mayPrepare(sql, params) });
    // Parsers give numbers, text and bytes for every type that our tables have.
    return (await read.use(run).catch((error: unknown) => {
      // One that was idle was lost meanwhile: the next is new. A question may be asked twice.
      if (!CONNECTION_LOST.has(codeOf(error))) throw error;
      return read.use(run);
    })) as SqlValue[][];
  }
  /** Sent at once: the answers come in order, and after a failure the server refuses the rest by itself. */
  async function runStep(session: Session, step: Step): Promise<number> {
    if ("into" in step) {
      const parts = insertsOf(step).map(({ sql, params }) => session.query(sql, { params }));
      return (await Promise.all(parts)).reduce((sum, { count }) => sum + count, 0);
    }
    const { sql, params = [] } = step;
    return (await session.query(numbered(sql), { params, prepare: mayPrepare(sql, params) })).count;
  }

  return {
    dialect: "postgres",
    // Ten times as fast as reading the JSON.
    idTable: "unnest(translate(?, '[]', '{}')::int[]) as wanted(value)",
    bytes: (column) => `encode(${column}, 'base64')::bpchar`,
    query,
    async transaction(steps) {
      for (let tried = 1; ; tried++) {
        try {
          return await write.begin((session) => Promise.all(steps.map((step) => runStep(session, step))));
        } catch (error) {
          if (tried === TRIES || !TRY_AGAIN.has(codeOf(error))) throw error;
        }
      }
    },
    async reclaim(tables) {
      // Outside of a transaction, as it wants to be. Who may not vacuum is told so by a notice only.
      await read.use((session) => session.query(`vacuum ${tables.map(quote)}`));
    },
    async pack() {},
    async sizes(tables) {
      const rows = await query(
        `select coalesce(pg_total_relation_size(to_regclass(name)), 0)
         from json_array_elements_text(?::json) with ordinality as wanted(name, place) order by place`,
        [JSON.stringify(tables)],
      );
      return rows.map(([bytes]) => Number(bytes));
    },
  };
}

function insertsOf({ into, columns, rows, conflict }: Insert): { sql: string; params: SqlValue[] }[] {
  const maxRows = Math.min(MAX_ROWS, Math.floor(MAX_PARAMETERS / columns.length));
  // One statement must not replace a row twice.
  const wanted =
    conflict?.keep === "new"
      ? lastOfEach(
          rows,
          conflict.key.map((name) => columns.indexOf(name)),
        )
      : rows;
  const start = `insert into ${quote(into)} (${columns.map(quote)}) values `;
  const end = conflictSql(columns, conflict);
  const binary = columns.map((_, column) => wanted[0]?.[column] instanceof Uint8Array);
  return splitRows(wanted, { maxRows, maxBytes: MAX_BYTES }).map((part) => ({
    sql: start + placeholders(part.length, binary) + end,
    params: part.flat().map(toText),
  }));
}

function conflictSql(columns: readonly string[], conflict: Insert["conflict"]): string {
  if (!conflict) return "";
  const values = conflict.keep === "new" ? columns.filter((column) => !conflict.key.includes(column)) : [];
  const target = ` on conflict (${conflict.key.map(quote)}) do `;
  if (values.length === 0) return `${target}nothing`;
  return `${target}update set ${values.map((column) => `${quote(column)} = excluded.${quote(column)}`)}`;
}

/** @param binary of each column; it is sent as base64, a third less than the digits that the driver sends */
function placeholders(rows: number, binary: readonly boolean[]): string {
  const one = (place: number, isBinary: boolean) => (isBinary ? `decode($${place},'base64')` : `$${place}`);
  const row = (index: number) =>
    `(${binary.map((isBinary, column) => one(index * binary.length + column + 1, isBinary))})`;
  return Array.from({ length: rows }, (_, index) => row(index)).join(",");
}

const toText = (value: SqlValue) =>
  value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
    : value;

const quote = (name: string) => `"${name}"`;
