import type { Queue } from "./queue";
import type { SqlEngine, SqlValue, Step } from "./sql-engine";
import type { SqliteClient } from "./sqlite-client";
import { toBytes } from "./sqlite-rows";

/** Fewer free pages are filled again within days, and moving pages is writing, too. */
const FREE_SHARE = 0.1;
/** Given back in one go, of 4 KB each: about 10 ms of the worker. At most 400 MB a time. */
const PAGES_PER_SHRINK = 500;
const MAX_SHRINKS = 200;

/** A file as the sample stores see it. */
export interface SqliteEngine extends SqlEngine {
  readonly dialect: "sqlite";
  /** Statements without parameters or rows. */
  run(script: string): Promise<void>;
}

export function createSqliteEngine(client: SqliteClient, queue: Queue): SqliteEngine {
  const query: SqliteEngine["query"] = (sql, params = []) =>
    queue.run(() => client.send<SqlValue[][]>({ op: "query", sql, params: params.map(alone) }));
  return {
    dialect: "sqlite",
    idTable: "json_each(?) as wanted",
    query,
    transaction(steps) {
      const request = { op: "transaction", steps: steps.map(withoutNeighbours) } as const;
      return queue.run(() => client.send<number[]>(request));
    },
    run: (script) => queue.run(() => client.send<void>({ op: "script", sql: script })),
    async reclaim() {
      for (let round = 0; round < MAX_SHRINKS; round++) {
        const [[free = 0] = []] = await query("pragma freelist_count");
        const [[pages = 0] = []] = await query("pragma page_count");
        if (Number(free) <= Number(pages) * FREE_SHARE) return;
        await queue.run(() =>
          client.send<void>({ op: "script", sql: `pragma incremental_vacuum(${PAGES_PER_SHRINK})` }),
        );
      }
    },
    async sizes(tables) {
      // dbstat walks the pages of what it is asked for; each index is a tree of its own.
      const rows = await query(
        `select thing.tbl_name, sum(pages.pgsize) from sqlite_schema as thing
         join dbstat as pages on pages.name = thing.name and pages.aggregate = true
         where thing.tbl_name in (select value from json_each(?)) group by 1`,
        [JSON.stringify(tables)],
      );
      const bytes = new Map(rows.map(([table, size]) => [table, Number(size)]));
      return tables.map((table) => bytes.get(table) ?? 0);
    },
  };
}

/** Messages copy the whole memory a view points into, which for a small one is a pool of others. */
const alone = (value: SqlValue): SqlValue => (value instanceof Uint8Array ? toBytes(value) : value);

function withoutNeighbours(step: Step): Step {
  if ("into" in step) return { ...step, rows: step.rows.map((row) => row.map(alone)) };
  return step.params ? { ...step, params: step.params.map(alone) } : step;
}
