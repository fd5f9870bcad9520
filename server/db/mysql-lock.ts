import { createHash } from "node:crypto";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import type { DatabaseLock } from "./database-lock";
import type { ServerPlace } from "./database-place";
import { optionsOf } from "./mysql-session";
import { explain } from "./server-error";
import { type Holder, holdServerLock } from "./server-lock";
import { within } from "./within";

const ANSWER_MS = 10_000;
/** So that the server notices within a minute when this machine is gone. */
const IDLE_SECONDS = 40;

export async function lockMysql(place: ServerPlace, taken?: () => void): Promise<DatabaseLock | undefined> {
  try {
    return await holdServerLock(() => take(place), taken);
  } catch (error) {
    throw explain(error, place);
  }
}

async function take(place: ServerPlace): Promise<Holder | undefined> {
  const connection = await createConnection(optionsOf(place));
  const end = () => connection.destroy();
  // Said by whoever asks next.
  connection.on("error", end);
  const ask = (sql: string, values: unknown[] = []) =>
    within(ANSWER_MS, { place: place.shown, late: end }, connection.query<RowDataPacket[]>(sql, values));
  try {
    await ask(`set session wait_timeout = ${IDLE_SECONDS}`);
    const [[row]] = await ask("select get_lock(?, 0) as got", [nameOf(place)]);
    if (row?.got === 1) return { ask: () => ask("select 1"), end };
  } catch (error) {
    end();
    throw error;
  }
  end();
  return undefined;
}

/** Locks belong to the server as a whole and have names of at most 64 signs. */
const nameOf = ({ database }: ServerPlace) =>
  `unity runs ${createHash("sha256").update(database).digest("hex").slice(0, 32)}`;
