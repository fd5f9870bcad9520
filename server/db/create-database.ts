import { createConnection } from "mysql2/promise";
import type { ServerPlace } from "./database-place";
import { optionsOf } from "./mysql-session";
import { openSession, type Session } from "./postgres-session";
import { codeOf, DatabaseUnusable, explain } from "./server-error";

/**
 * Creates the database on its server unless it is there. @returns whether it was missing
 * @throws DatabaseUnusable; with what an administrator can run, where the user may not
 */
export async function createDatabase(place: ServerPlace): Promise<boolean> {
  const { isThere, create } = place.kind === "postgres" ? POSTGRES : MYSQL;
  try {
    if (await isThere(place)) return false;
    await create(place);
    return true;
  } catch (error) {
    throw explain(error, place);
  }
}

interface Server {
  isThere(place: ServerPlace): Promise<boolean>;
  create(place: ServerPlace): Promise<void>;
}

const POSTGRES: Server = {
  async isThere(place) {
    try {
      await withSession(place, (session) => session.query("select 1"));
      return true;
    } catch (error) {
      if (codeOf(error) === "3D000") return false;
      throw error;
    }
  },
  async create(place) {
    // Sorted by code points as in the other dialects; this locale is there on every server.
    const sql = `create database "${place.database.replaceAll('"', '""')}" encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0`;
    const url = new URL(place.url);
    url.pathname = "/postgres";
    const server = { ...place, url: url.href };
    await withSession(server, (session) => session.query(sql)).catch((error: unknown) => {
      if (codeOf(error) === "42501") throw notAllowed(place, sql, error);
      // Somebody was faster.
      if (codeOf(error) !== "42P04") throw error;
    });
  },
};

async function withSession(place: ServerPlace, work: (session: Session) => Promise<unknown>): Promise<void> {
  const session = await openSession(place);
  try {
    await work(session);
  } finally {
    session.end();
  }
}

const MYSQL: Server = {
  async isThere(place) {
    try {
      const connection = await createConnection(optionsOf(place));
      connection.destroy();
      return true;
    } catch (error) {
      // Whoever may not use it is told so as well when it is missing.
      if (["ER_BAD_DB_ERROR", "ER_DBACCESS_DENIED_ERROR"].includes(codeOf(error))) return false;
      throw error;
    }
  },
  async create(place) {
    const name = `\`${place.database.replaceAll("`", "``")}\``;
    const sql = `create database if not exists ${name} character set utf8mb4`;
    const url = new URL(place.url);
    url.pathname = "/";
    const connection = await createConnection(optionsOf({ ...place, url: url.href }));
    try {
      await connection.query(sql);
    } catch (error) {
      if (codeOf(error) !== "ER_DBACCESS_DENIED_ERROR") throw error;
      throw notAllowed(place, `${sql}; grant all on ${name}.* to '${place.user}'@'%'`, error);
    } finally {
      connection.destroy();
    }
  },
};

function notAllowed({ shown, user, database }: ServerPlace, sql: string, cause: unknown): DatabaseUnusable {
  return new DatabaseUnusable(
    `${shown}: there is no database ${database} that user ${user} may use, and ${user} may not create one. As an administrator run: ${sql};`,
    codeOf(cause),
    cause,
  );
}
