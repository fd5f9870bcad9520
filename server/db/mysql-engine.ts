import type { ResultSetHeader } from "mysql2/promise";
import type { Answer, Lease, MysqlPool } from "./mysql-pool";
import { AIR, rewriteAiry } from "./mysql-rewrite";
import type { Flavour } from "./mysql-session";
import { codeOf } from "./server-error";
import { splitRows } from "./split-rows";
import type { Insert, SqlEngine, SqlValue, Statement, Step } from "./sql-engine";

/** Below the smallest `max_allowed_packet` that a server comes with, 16 MB, and kind to its memory. */
const MAX_BYTES = 4_000_000;
const MAX_ROWS = 5_000;
/** Deadlock, or a wait for another's lock: the transaction may succeed now. */
const TRY_AGAIN = new Set(["ER_LOCK_DEADLOCK", "ER_LOCK_WAIT_TIMEOUT"]);
const TRIES = 4;
const LOST = new Set(["PROTOCOL_CONNECTION_LOST", "ECONNRESET", "EPIPE"]);

/** @param write for transactions, so that a flush does not wait for readers */
export function createMysqlEngine({
  read,
  write,
  flavour,
}: {
  read: MysqlPool;
  write: MysqlPool;
  flavour: Flavour;
}): SqlEngine {
  let mayReadFiles = true;
  async function query(sql: string, params: readonly SqlValue[] = []): Promise<SqlValue[][]> {
    const ask = () => read.query({ sql, rowsAsArray: true }, params.map(toDriver));
    const [rows] = await ask().catch((error: unknown) => {
      // One that was idle was lost meanwhile: the next is new. A question may be asked twice.
      if (!LOST.has(codeOf(error))) throw error;
      return ask();
    });
    return (rows as unknown[][]).map((row) => row.map(fromDriver));
  }

  return {
    dialect: "mysql",
    idTable: "json_table(?, '$[*]' columns (value int path '$')) as wanted",
    bytes: (column) => column,
    query,
    async transaction(steps) {
      for (let tried = 1; ; tried++) {
        try {
          return await write.begin((lease) => runSteps(lease, steps));
        } catch (error) {
          if (tried === TRIES || !TRY_AGAIN.has(codeOf(error))) throw error;
        }
      }
    },
    reclaim: (tables) => rewriteAiry({ read, query }, tables, AIR.deleted),
    pack: (tables) => rewriteAiry({ read, query }, tables, AIR.night),
    async sizes(tables) {
      const bytes = new Map(await readSizes(query, SIZES));
      // Of the files, where the user may see them: what the tables say of themselves is older.
      if (mayReadFiles) {
        const files = await readSizes(query, FILE_SIZES[flavour]).catch((error: unknown) => {
          if (LOST.has(codeOf(error))) throw error;
          mayReadFiles = false;
          return [];
        });
        for (const [table, size] of files) bytes.set(table, size);
      }
      return tables.map((table) => bytes.get(table) ?? 0);
    },
  };
}

const SIZES = `select table_name, data_length + index_length from information_schema.tables
  where table_schema = database() and table_type = 'BASE TABLE'`;
const FILE_SIZES = { mariadb: fileSizes("innodb_sys_tablespaces"), mysql: fileSizes("innodb_tablespaces") };

/** A file is named `database/table`, in which all but Latin letters and digits is in code. */
function fileSizes(view: string): string {
  const schema =
    "cast(convert(cast(substring_index(name, '/', 1) as binary) using filename) as char character set utf8mb4)";
  return `select substring_index(name, '/', -1), file_size from information_schema.${view}
    where name like '%/%' and ${schema} = database()`;
}

async function readSizes(query: SqlEngine["query"], sql: string): Promise<[string, number][]> {
  return (await query(sql)).map(([table, size]) => [String(table), Number(size)]);
}

/** One after another: after a failure the server would go on with the rest. */
async function runSteps(lease: Lease, steps: readonly Step[]): Promise<number[]> {
  const changes: number[] = [];
  for (const step of steps) {
    let changed = 0;
    for (const { sql, params = [] } of "into" in step ? insertsOf(step) : [step]) {
      changed += countOf(await lease.query({ sql }, params.map(toDriver)));
    }
    changes.push(changed);
  }
  return changes;
}

/** An update's count leaves out the rows that had these values already; its message does not. */
function countOf([result]: Answer): number {
  if (Array.isArray(result)) return 0;
  const { affectedRows, info } = result as ResultSetHeader;
  const matched = /Rows matched: (\d+)/.exec(info)?.[1];
  return matched ? Number(matched) : affectedRows;
}

function insertsOf({ into, columns, rows, conflict }: Insert): Statement[] {
  const start = `insert into ${quote(into)} (${columns.map(quote)}) values `;
  const row = `(${columns.map(() => "?")})`;
  const end = conflictSql(columns, conflict);
  return splitRows(rows, { maxRows: MAX_ROWS, maxBytes: MAX_BYTES }).map((part) => ({
    sql: start + Array.from(part, () => row).join(",") + end,
    params: part.flat(),
  }));
}

/** Not `insert ignore`: it would cut and bend what does not fit, too. */
function conflictSql(columns: readonly string[], conflict: Insert["conflict"]): string {
  if (!conflict) return "";
  const [first = ""] = conflict.key;
  const values = conflict.keep === "new" ? columns.filter((column) => !conflict.key.includes(column)) : [];
  const set = values.map((column) => `${quote(column)} = values(${quote(column)})`);
  return ` on duplicate key update ${set.length > 0 ? set : `${quote(first)} = ${quote(first)}`}`;
}

const toDriver = (value: SqlValue) =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;

/** A value that is kept must not keep the whole packet it came in. */
const fromDriver = (value: unknown): SqlValue =>
  value instanceof Uint8Array ? Uint8Array.from(value) : (value as SqlValue);

const quote = (name: string) => `"${name}"`;
