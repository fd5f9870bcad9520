import type { ServerPlace } from "./database-place";
import { CONNECTION_LOST, inTransaction, openSession, type Session, STATEMENT_MS } from "./postgres-session";
import { codeOf } from "./server-error";
import { createSlots } from "./slots";
import { NoAnswer, within } from "./within";

/** Beyond, the connection is taken for dead: the server would have ended the statement. */
const ANSWER_MS = STATEMENT_MS + 15_000;
const TRANSACTION_MS = 300_000;
const CLOSE_MS = 5_000;

const IDLE_MS = 5_000;
const PING_MS = 5_000;

interface Slot {
  session: Session | undefined;
  /** On the process's own clock. */
  usedAt: number;
}
export interface PostgresPool {
  /** A session for one user. @throws postgres.PostgresError, ConnectionLost, NoAnswer */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  begin<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Sessions that are opened when they are needed, and again when they were lost or do not answer any more. */
export function createPostgresPool(place: ServerPlace, { connections }: { connections: number }): PostgresPool {
  const all = Array.from({ length: connections }, (): Slot => ({ session: undefined, usedAt: 0 }));
  const slots = createSlots(all);
  let isClosed = false;

  async function using<T>(milliseconds: number, work: (session: Session) => Promise<T>): Promise<T> {
    if (isClosed) throw new Error(`The connection to ${place.shown} is closed.`);
    const slot = await waitForTurn();
    try {
      const session = (await stillThere(slot)) ?? (await openSession(place));
      slot.session = session;
      return await within(milliseconds, { place: place.shown, late: () => session.end() }, work(session));
    } finally {
      // Where one was lost, the others may be, too: each is asked before it is used again.
      if (slot.session?.isLost()) for (const other of all) other.usedAt = Number.NEGATIVE_INFINITY;
      slot.usedAt = performance.now();
      slots.give(slot);
    }
  }
  /** One that was idle for a while is asked first: a server that was started anew meanwhile is nobody's business. */
  async function stillThere({ session, usedAt }: Slot): Promise<Session | undefined> {
    if (!session || session.isLost()) return undefined;
    if (performance.now() - usedAt < IDLE_MS) return session;
    try {
      await within(PING_MS, { place: place.shown, late: () => session.end() }, session.query("select 1"));
      return session;
    } catch {
      // It is not: a new one is opened, and says so if that cannot be done either.
      session.end();
      return undefined;
    }
  }
  async function waitForTurn() {
    const gone = new AbortController();
    const late = () => gone.abort(new NoAnswer("nobody waits any more"));
    return within(ANSWER_MS, { place: place.shown, late }, slots.take(gone.signal));
  }

  return {
    use: (work) => using(ANSWER_MS, work),
    async begin(work) {
      let began = false;
      const once = () =>
        using(TRANSACTION_MS, (session) =>
          inTransaction(session, () => {
            began = true;
            return work(session);
          }),
        );
      return once().catch((error: unknown) => {
        // One that was idle was lost meanwhile, and nothing had begun.
        if (began || !CONNECTION_LOST.has(codeOf(error))) throw error;
        return once();
      });
    },
    async close() {
      isClosed = true;
      await within(CLOSE_MS, { place: place.shown, late: () => undefined }, slots.allFree()).catch(() => undefined);
      for (const { session } of all) session?.end();
    },
  };
}
