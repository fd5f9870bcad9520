import { matchesAny } from "../sdk";
import type { Config } from "./config";
import { SLOW_SECONDS } from "./metrics";
import { DatabaseRow, parseRows, SizeRow, toLabel } from "./parse";
import { DATABASES, sizesQuery } from "./queries";
import { attempt, attemptSometimes, type Survey } from "./survey";

export interface Database extends DatabaseRow {
  readonly name: string;
}
export interface Databases {
  readonly shown: readonly Database[];
  readonly truncated: boolean;
  /** Bytes by oid, as last read. */
  readonly sizes: ReadonlyMap<string, number>;
}

const OPS = ["returned", "fetched", "inserted", "updated", "deleted"] as const;

export async function collectDatabases(survey: Survey): Promise<Databases> {
  const { report, ask, context } = survey;
  const rows = await attempt(survey, "Databases", async () => parseRows(DatabaseRow, await ask({ sql: DATABASES })));
  if (!rows) return { shown: [], truncated: false, sizes: new Map() };
  reportWhole(survey, rows);
  const { shown, truncated } = chooseDatabases(rows, context.config);
  for (const database of shown) reportDatabase(report, database);
  return { shown, truncated, sizes: await collectSizes(survey, shown) };
}

/** Templates are nobody's data; each is copied whole, so their age counts only for the copy. */
export function chooseDatabases(
  rows: readonly DatabaseRow[],
  { databasesInclude, databasesExclude, maxItems }: Pick<Config, "databasesInclude" | "databasesExclude" | "maxItems">,
): { shown: Database[]; truncated: boolean } {
  const wanted = rows
    .flatMap((row): Database[] => (row.name === null || row.template ? [] : [{ ...row, name: row.name }]))
    .filter(({ name }) => databasesInclude.length === 0 || matchesAny(name, databasesInclude))
    .filter(({ name }) => !matchesAny(name, databasesExclude));
  return { shown: wanted.slice(0, maxItems), truncated: wanted.length > maxItems };
}

/** Of the server as a whole, also of what has no series of its own. */
function reportWhole({ report }: Survey, rows: readonly DatabaseRow[]): void {
  const hit = rows.reduce((sum, row) => sum + (row.hit ?? 0), 0);
  const read = rows.reduce((sum, row) => sum + (row.read ?? 0), 0);
  report("postgres_cache_hit_ratio", { part: hit, whole: hit + read });
  const failures = rows.map(({ checksum_failures: count }) => count).filter((count) => count !== null);
  if (failures.length > 0)
    report(
      "postgres_checksum_failures_total",
      failures.reduce((sum, count) => sum + count, 0),
    );
}

function reportDatabase(report: Survey["report"], row: Database): void {
  const database = toLabel(row.name);
  const known = (value: number | null, say: (value: number) => void) => {
    if (value !== null) say(value);
  };
  known(row.committed, (value) => report("postgres_transactions_total", value, { database, result: "commit" }));
  known(row.rolled_back, (value) => report("postgres_transactions_total", value, { database, result: "rollback" }));
  known(row.hit, (value) => report("postgres_blocks_hit_total", value, { database }));
  known(row.read, (value) => report("postgres_blocks_read_total", value, { database }));
  for (const op of OPS) known(row[op], (value) => report("postgres_rows_total", value, { database, op }));
  known(row.deadlocks, (value) => report("postgres_deadlocks_total", value, { database }));
  known(row.conflicts, (value) => report("postgres_conflicts_total", value, { database }));
  known(row.temp_bytes, (value) => report("postgres_temp_bytes_total", value, { database }));
  known(row.xid_age, (value) => report("postgres_xid_age", value, { database }));
}

/** Each size is a walk over the database's files, so it is asked for seldom, and only for what is shown. */
async function collectSizes(survey: Survey, shown: readonly Database[]): Promise<ReadonlyMap<string, number>> {
  const { report, ask, context } = survey;
  if (!context.config.collectSizes || shown.length === 0) return new Map();
  const names = new Map(shown.map(({ oid, name }) => [oid, toLabel(name)]));
  const slow = { key: "sizes", seconds: SLOW_SECONDS, what: "Sizes of databases" };
  const sizes = await attemptSometimes(survey, slow, async () => {
    const rows = parseRows(SizeRow, await ask({ sql: sizesQuery([...names.keys()]) }));
    const read: Record<string, number> = {};
    for (const { oid, bytes } of rows) {
      const database = names.get(oid);
      if (bytes === null || database === undefined) continue;
      read[oid] = bytes;
      report("postgres_database_size_bytes", bytes, { database });
    }
    return read;
  });
  return new Map(Object.entries(sizes ?? {}));
}
