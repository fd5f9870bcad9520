import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import type { Database } from "./database";
import type { PostgresPool } from "./postgres-pool";
import type { Session } from "./postgres-session";

type Use = PostgresPool["use"];
type Params = readonly (string | number | null | Uint8Array)[];

/** Drizzle over our sessions. */
export function createDrizzle(pool: PostgresPool): Database {
  const client = {
    options: { parsers: {}, serializers: {} },
    unsafe: createUnsafe(pool.use),
    begin: <T>(work: (transaction: unknown) => Promise<T>) => pool.begin((session) => work(createTransaction(session))),
  };
  // Drizzle uses no more of the driver's client than these. What stands for all databases has the queries of every PostgreSQL driver.
  return drizzle(client as unknown as Sql, { casing: "snake_case" }) as unknown as Database;
}

function createTransaction(session: Session) {
  let savepoints = 0;
  const transaction = {
    unsafe: createUnsafe((work) => work(session)),
    async savepoint<T>(work: (nested: unknown) => Promise<T>): Promise<T> {
      const name = `s${savepoints++}`;
      await session.query(`savepoint ${name}`);
      try {
        return await work(transaction);
      } catch (error) {
        await session.query(`rollback to ${name}`);
        throw error;
      }
    },
  };
  return transaction;
}

/** A statement that runs when it is awaited, or asked for its rows as lists. */
const createUnsafe = (use: Use) => (text: string, params: Params) => ({
  values: () => use((session) => session.values(text, { params })),
  // biome-ignore lint/suspicious/noThenProperty: it is awaited, as the driver's own statements are
  then: (...handlers: Parameters<Promise<unknown>["then"]>) =>
    use((session) => session.query(text, { params })).then(...handlers),
});
