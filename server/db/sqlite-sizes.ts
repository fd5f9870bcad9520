import type { SqlEngine } from "./sql-engine";

type Query = SqlEngine["query"];

/** Up to here every page is looked at: 70 ms. A gigabyte on a memory card would keep everybody waiting for half a minute. */
const EXACT_BYTES = 64 * 1_048_576;
/** Rows that are looked at, from either end of a table, where it is estimated. */
const SAMPLE = 300;
/** Of a row and of its place in an index, beside its values. */
const ROW_BYTES = 32;

/** Bytes of each table with its indexes: counted in a small file, estimated in a large one. */
export async function readSizes(query: Query, tables: readonly string[]): Promise<number[]> {
  const used = await readUsedBytes(query);
  const bytes = used <= EXACT_BYTES ? await count(query, tables) : await estimate(query, used);
  return tables.map((table) => bytes.get(table) ?? 0);
}

async function readUsedBytes(query: Query): Promise<number> {
  const [row = []] = await query(
    `select (page_count - freelist_count) * page_size
     from pragma_page_count, pragma_freelist_count, pragma_page_size`,
  );
  return Number(row[0]);
}

/** dbstat walks the pages of what it is asked for; each index is a tree of its own. */
async function count(query: Query, tables: readonly string[]): Promise<Map<string, number>> {
  const rows = await query(
    `select thing.tbl_name, sum(pages.pgsize) from sqlite_schema as thing
     join dbstat as pages on pages.name = thing.name and pages.aggregate = true
     where thing.tbl_name in (select value from json_each(?)) group by 1`,
    [JSON.stringify(tables)],
  );
  return new Map(rows.map(([table, size]) => [String(table), Number(size)]));
}

/** What is used, divided by how many rows each table has and how long some of them are. */
async function estimate(query: Query, used: number): Promise<Map<string, number>> {
  const rows = await query("select name, sql like '%without rowid%' from sqlite_schema where type = 'table'");
  const weights = new Map<string, number>();
  for (const [name, isKeyed] of rows) {
    const table = String(name);
    weights.set(table, await weigh(query, { table, order: isKeyed === 1 ? "1" : "rowid" }));
  }
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return new Map([...weights].map(([table, weight]) => [table, Math.round((weight / Math.max(1, sum)) * used)]));
}

async function weigh(query: Query, { table, order }: { table: string; order: string }): Promise<number> {
  const columns = await query("select name from pragma_table_info(?)", [table]);
  // The length of bytes is known without reading them.
  const length = columns.map(([name]) => `ifnull(length("${String(name)}"), 0)`).join(" + ") || "0";
  const end = (direction: string) =>
    `select * from (select ${length} as bytes from "${table}" order by ${order} ${direction} limit ${SAMPLE})`;
  const [row = []] = await query(
    `select (select count(*) from "${table}"), (select avg(bytes) from (${end("asc")} union all ${end("desc")}))`,
  );
  return Number(row[0]) * (Number(row[1]) + ROW_BYTES);
}
