import type { ServerPlace } from "./database-place";
import { openSession, type Session } from "./postgres-session";
import { within } from "./within";

const ASK_EVERY_MS = 10_000;
const ANSWER_MS = 10_000;
const RETRY_MS = 1_000;

/** Carries texts to everybody who listens, this process among them. */
export interface Wire {
  /**
   * False when it was not sent: there is no connection now.
   * @param receivers so many listen somewhere; false as well where it can be told that fewer heard it
   */
  send(text: string, receivers?: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface Ears {
  heard(text: string): void;
  /** It listens from now on, or again: what was said before it did not hear. */
  opened(): void;
}

/** LISTEN and NOTIFY, for those who use the same schema of the same database. Connects in the background, and again when it was lost. */
export function openPostgresWire(place: ServerPlace, { heard, opened }: Ears): Wire {
  let session: Session | undefined;
  let channel = "";
  let connecting: Promise<void> | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const fresh = await openSession(place, { notified: heard });
    try {
      const [row] = await answered(fresh, "select 'unity_' || md5(current_schema()) as channel");
      channel = String(row?.channel);
      await answered(fresh, `listen ${channel}`);
    } catch (error) {
      fresh.end();
      throw error;
    }
    if (closed) return fresh.end();
    session = fresh;
    opened();
  }

  /** A connection that was cut on the way looks open: it is asked. */
  const ask = (open: Session) => answered(open, "select 1").then(() => undefined, open.end);

  const answered = (open: Session, sql: string) =>
    within(ANSWER_MS, { place: place.shown, late: () => open.end() }, open.query(sql));

  let askedAt = performance.now();
  function look(): void {
    if (session?.isLost()) session = undefined;
    const isIdle = performance.now() - askedAt >= ASK_EVERY_MS;
    if (session && !isIdle) return;
    askedAt = performance.now();
    const current = session;
    // Whoever reads and writes there says that the server is away.
    connecting ??= (current ? ask(current) : connect().catch(() => undefined)).finally(() => {
      connecting = undefined;
    });
  }
  const timer = setInterval(look, RETRY_MS);
  timer.unref();
  look();

  return {
    async send(text) {
      if (!session || session.isLost()) return false;
      try {
        await session.query("select pg_notify($1, $2)", { params: [channel, text], prepare: true });
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await connecting;
      session?.end();
    },
  };
}
