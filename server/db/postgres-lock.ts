import { setTimeout as pause } from "node:timers/promises";
import type { DatabaseLock } from "./database-lock";
import type { ServerPlace } from "./database-place";
import { openSession } from "./postgres-session";
import { explain } from "./server-error";
import { type Holder, holdServerLock } from "./server-lock";
import { within } from "./within";

/** Of the locks, among those that others take in this database: "unit" and "unop" in ASCII. The schema is their second half. */
const LEADING = 0x756e6974;
const OPENING = 0x756e6f70;
const ANSWER_MS = 10_000;
const TRY_EVERY_MS = 1_000;
/** After a server came back: who led before leads again, if it still lives. */
const PATIENCE_MS = 5_000;
/** So that the server notices within half a minute when this machine is gone. */
const KEEPALIVE = { tcp_keepalives_idle: "10", tcp_keepalives_interval: "5", tcp_keepalives_count: "4" };

export async function lockPostgres(place: ServerPlace, taken?: () => void): Promise<DatabaseLock | undefined> {
  try {
    return await holdServerLock(() => take(place, LEADING), taken);
  } catch (error) {
    throw explain(error, place);
  }
}

/**
 * As `lockPostgres`, once whoever has it is gone. The server is asked every second, over one connection.
 * @param stop gives up: undefined then
 */
export async function waitToLead(
  place: ServerPlace,
  { taken, stop }: { taken: () => void; stop: AbortSignal },
): Promise<DatabaseLock | undefined> {
  let session: LockSession | undefined;
  const sleep = (ms: number) => pause(ms, undefined, { signal: stop }).catch(() => undefined);
  for (let wasAway = false; !stop.aborted; ) {
    try {
      session ??= await openLockSession(place);
      if (wasAway) await sleep(PATIENCE_MS);
      wasAway = false;
      if (await session.tryTake(LEADING)) {
        let first: LockSession | undefined = session;
        return await holdServerLock(async () => {
          const mine = first ?? (await take(place, LEADING));
          first = undefined;
          return mine;
        }, taken);
      }
    } catch {
      // The server is away: whoever reads and writes there says so.
      session?.end();
      session = undefined;
      wasAway = true;
    }
    await sleep(TRY_EVERY_MS);
  }
  session?.end();
  return undefined;
}

/** For one process at a time to open what several use. It waits for another that does. The answer gives it back. */
export async function lockOpening(place: ServerPlace, waits: () => void = () => undefined): Promise<() => void> {
  const session = await openLockSession(place).catch((error: unknown) => {
    throw explain(error, place);
  });
  for (let isFirst = true; !(await session.tryTake(OPENING)); isFirst = false) {
    if (isFirst) waits();
    await pause(TRY_EVERY_MS);
  }
  return () => session.end();
}

interface LockSession extends Holder {
  tryTake(lock: number): Promise<boolean>;
}

async function openLockSession(place: ServerPlace): Promise<LockSession> {
  const session = await openSession(place, { settings: KEEPALIVE });
  const late = () => session.end();
  const ask = (sql: string) => within(ANSWER_MS, { place: place.shown, late }, session.query(sql));
  return {
    async tryTake(lock) {
      const [row] = await ask(`select pg_try_advisory_lock(${lock}, hashtext(current_schema())) as got`);
      return row?.got === true;
    },
    ask: () => ask("select 1"),
    isLost: session.isLost,
    end: () => session.end(),
  };
}

async function take(place: ServerPlace, lock: number): Promise<Holder | undefined> {
  const session = await openLockSession(place);
  if (await session.tryTake(lock)) return session;
  session.end();
  return undefined;
}
