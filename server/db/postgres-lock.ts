import type { DatabaseLock } from "./database-lock";
import type { ServerPlace } from "./database-place";
import { openSession } from "./postgres-session";
import { explain } from "./server-error";
import { type Holder, holdServerLock } from "./server-lock";
import { within } from "./within";

/** Of the lock, among those that others take in this database: "unit" in ASCII. The schema is its second half. */
const LOCK = 0x756e6974;
const ANSWER_MS = 10_000;
/** So that the server notices within half a minute when this machine is gone. */
const KEEPALIVE = { tcp_keepalives_idle: "10", tcp_keepalives_interval: "5", tcp_keepalives_count: "4" };

export async function lockPostgres(place: ServerPlace, taken?: () => void): Promise<DatabaseLock | undefined> {
  try {
    return await holdServerLock(() => take(place), taken);
  } catch (error) {
    throw explain(error, place);
  }
}

async function take(place: ServerPlace): Promise<Holder | undefined> {
  const session = await openSession(place, KEEPALIVE);
  const late = () => session.end();
  const ask = (sql: string) => within(ANSWER_MS, { place: place.shown, late }, session.query(sql));
  const [row] = await ask(`select pg_try_advisory_lock(${LOCK}, hashtext(current_schema())) as got`);
  if (row?.got === true) return { ask: () => ask("select 1"), end: () => session.end() };
  session.end();
  return undefined;
}
