import type { Queue } from "./queue";
import type { SqlEngine, SqlValue, Step } from "./sql-engine";
import type { SqliteClient } from "./sqlite-client";
import { toBytes } from "./sqlite-rows";
import { readSizes } from "./sqlite-sizes";

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
    bytes: (column) => column,
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
    async pack() {},
    sizes: (tables) => readSizes(query, tables),
  };
}

/** Messages copy the whole memory a view points into, which for a small one is a pool of others. */
const alone = (value: SqlValue): SqlValue => (value instanceof Uint8Array ? toBytes(value) : value);

function withoutNeighbours(step: Step): Step {
  if ("into" in step) return { ...step, rows: step.rows.map((row) => row.map(alone)) };
  return step.params ? { ...step, params: step.params.map(alone) } : step;
}
