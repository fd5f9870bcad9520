import { createPool, type PoolConnection, type QueryOptions } from "mysql2/promise";
import type { ServerPlace } from "./database-place";
import { CONNECT_MS, type Flavour, optionsOf, STATEMENT_MS, sessionSql } from "./mysql-session";
import { within } from "./within";

/** Beyond, the connection is taken for dead: the server would have ended the statement. */
const ANSWER_MS = STATEMENT_MS + 15_000;
/** A turn among others, and connecting. */
const TURN_MS = ANSWER_MS + CONNECT_MS;
const CLOSE_MS = 5_000;
const IDLE_MS = 5_000;
const PING_MS = 5_000;

/** What the driver answers: rows, or what a change did; then the columns. */
export type Answer = Awaited<ReturnType<PoolConnection["query"]>>;

/** A connection for one user, until it is given back. */
export interface Lease {
  /** @throws what the driver throws, without the statement and its values; NoAnswer */
  query(options: QueryOptions, values?: unknown[]): Promise<Answer>;
  /** The pool makes a new one in place of one that was lost. */
  release(): void;
}
export interface MysqlPool {
  take(): Promise<Lease>;
  query(options: QueryOptions, values?: unknown[]): Promise<Answer>;
  /** Commits what `work` did, or rolls it back. */
  begin<T>(work: (lease: Lease) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connections that are made when they are needed, and again when they were lost or do not answer any more. */
export function createMysqlPool(
  place: ServerPlace,
  { connections, flavour }: { connections: number; flavour: Flavour },
): MysqlPool {
  const pool = createPool({ ...optionsOf(place), connectionLimit: connections, idleTimeout: 300_000 });
  const usedAt = new WeakMap<object, number>();
  // Sent before whatever the connection was made for; where one fails, that fails too.
  pool.pool.on("connection", (connection) => {
    for (const sql of sessionSql(flavour)) {
      connection.query(sql, (error: unknown) => {
        if (error) connection.destroy();
      });
    }
  });

  async function takeConnection(): Promise<PoolConnection> {
    let isLate = false;
    const taken = pool.getConnection();
    taken.then((connection) => isLate && connection.release()).catch(() => undefined);
    const late = () => {
      isLate = true;
    };
    return within(TURN_MS, { place: place.shown, late }, taken);
  }
  /** One that was idle for a while is asked first: a server that was started anew meanwhile is nobody's business. */
  async function take(): Promise<Lease> {
    for (;;) {
      const connection = await takeConnection();
      const idleMs = performance.now() - (usedAt.get(connection.connection) ?? performance.now());
      const lease = lend(connection, place, () => usedAt.set(connection.connection, performance.now()));
      if (idleMs < IDLE_MS) return lease;
      const late = () => connection.destroy();
      try {
        await within(PING_MS, { place: place.shown, late }, connection.ping());
        return lease;
      } catch {
        // It is not: the pool has another, or makes one and says so if that cannot be done either.
        connection.destroy();
      }
    }
  }
  async function using<T>(work: (lease: Lease) => Promise<T>): Promise<T> {
    const lease = await take();
    try {
      return await work(lease);
    } finally {
      lease.release();
    }
  }

  return {
    take,
    query: (options, values) => using((lease) => lease.query(options, values)),
    begin: (work) => using((lease) => commit(lease, work)),
    close: () => within(CLOSE_MS, { place: place.shown, late: () => undefined }, pool.end()).catch(() => undefined),
  };
}

function lend(connection: PoolConnection, place: ServerPlace, used: () => void): Lease {
  let lost = false;
  return {
    async query(options, values) {
      const late = () => {
        lost = true;
        connection.destroy();
      };
      try {
        return await within(ANSWER_MS, { place: place.shown, late }, connection.query(options, values));
      } catch (error) {
        lost ||= isLost(error);
        throw withoutStatement(error);
      }
    },
    release() {
      used();
      if (lost) connection.destroy();
      else connection.release();
    },
  };
}

async function commit<T>(lease: Lease, work: (lease: Lease) => Promise<T>): Promise<T> {
  await lease.query({ sql: "begin" });
  try {
    const value = await work(lease);
    await lease.query({ sql: "commit" });
    return value;
  } catch (error) {
    // A connection that cannot do this any more is lost, and the server rolls back by itself.
    await lease.query({ sql: "rollback" }).catch(() => undefined);
    throw error;
  }
}

const isLost = (error: unknown) =>
  typeof error === "object" && error !== null && (("fatal" in error && error.fatal === true) || !("sqlState" in error));

/** The driver's errors carry the whole statement with its values: megabytes, and people's own data. */
function withoutStatement(error: unknown): unknown {
  if (error instanceof Error && "sql" in error) Reflect.deleteProperty(error, "sql");
  return error;
}
