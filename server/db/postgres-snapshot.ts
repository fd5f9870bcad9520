import { postgres as columns } from "../../drizzle/dialects/postgres";
import { defineSchema } from "../../drizzle/schema";
import type { ServerPlace } from "./database-place";
import { requireCurrent } from "./pending-migrations";
import { createDrizzle } from "./postgres-drizzle";
import { createPostgresEngine } from "./postgres-engine";
import type { PostgresPool } from "./postgres-pool";
import { openSession, STATEMENT_MS } from "./postgres-session";
import { readMigrations } from "./read-migrations";
import { codeOf, explain } from "./server-error";
import type { Snapshot } from "./snapshot";
import { within } from "./within";

/** Beyond, the connection is taken for dead: the server would have ended the statement. */
const ANSWER_MS = STATEMENT_MS + 15_000;
const NO_DATABASE = "3D000";

/** One session, in a transaction that reads. */
export async function openPostgresSnapshot(
  place: ServerPlace,
  { migrationsFolder }: { migrationsFolder: string },
): Promise<Snapshot | undefined> {
  const opening = openSession(place, {
    // Between two questions what was read is written somewhere, which may be slow.
    settings: { idle_in_transaction_session_timeout: "0" },
  });
  const session = await opening.catch((error: unknown) => {
    if (codeOf(error) === NO_DATABASE) return undefined;
    throw explain(error, place);
  });
  if (!session) return undefined;
  const use: PostgresPool["use"] = (work) =>
    within(ANSWER_MS, { place: place.shown, late: () => session.end() }, work(session));
  const onlyReads = () => Promise.reject(new Error(`${place.shown} is open for reading only.`));
  const pool = { use, begin: onlyReads, close: async () => session.end() };
  try {
    await session.query("begin isolation level repeatable read read only");
    const [found] = await session.query(
      "select current_setting('server_version') as version, to_regclass('__drizzle_migrations') is not null as known",
    );
    const [row] = found?.known ? await session.query("select max(created_at) as at from __drizzle_migrations") : [];
    if (typeof row?.at !== "number") {
      session.end();
      return undefined;
    }
    requireCurrent(place.shown, row.at, readMigrations(migrationsFolder));
    return {
      db: createDrizzle(pool),
      schema: defineSchema(columns),
      version: `PostgreSQL ${String(found?.version).split(" ")[0]}`,
      samples: createPostgresEngine({ read: pool, write: pool }),
      close: pool.close,
    };
  } catch (error) {
    session.end();
    throw explain(error, place);
  }
}
