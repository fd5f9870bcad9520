import { and, desc, eq, gt, lt } from "drizzle-orm";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";

/** Where somebody is signed in. Instants are epoch milliseconds. */
export interface Session {
  readonly id: string;
  readonly address: string | null;
  /** As the browser calls itself. */
  readonly userAgent: string | null;
  readonly createdAt: number;
  /** To a day. */
  readonly lastUsedAt: number;
  readonly expiresAt: number;
}

export interface Sessions {
  /** Those that are open, newest first. */
  list(userId: string): Promise<Session[]>;
  /** @throws UnityError `not_found` when it is none of this person's */
  end(userId: string, id: string): Promise<void>;
  /** @param but stays */
  endAll(userId: string, but?: string | null): Promise<number>;
  /** What expired, and what waited for an answer that did not come. */
  prune(): Promise<void>;
}

export function createSessions({
  connection: { db, dialect, schema },
  clock,
  changed,
}: {
  connection: Connection;
  clock: Clock;
  changed: () => void;
}): Sessions {
  const { sessions, verifications } = schema;
  const list = async (userId: string): Promise<Session[]> => {
    const open = and(eq(sessions.userId, userId), gt(sessions.expiresAt, clock.now()));
    const rows = await db.select().from(sessions).where(open).orderBy(desc(sessions.createdAt));
    return rows.map(({ id, ipAddress, userAgent, createdAt, updatedAt, expiresAt }) => ({
      id,
      address: ipAddress,
      userAgent,
      createdAt,
      lastUsedAt: updatedAt,
      expiresAt,
    }));
  };

  return {
    list,
    async end(userId, id) {
      const gone = await dialect.deleteCounted(db, sessions, and(eq(sessions.userId, userId), eq(sessions.id, id)));
      if (gone === 0) throw new UnityError("not_found", "This session has ended already.");
      changed();
    },
    async endAll(userId, but) {
      const others = (await list(userId)).filter(({ id }) => id !== but);
      for (const { id } of others) await db.delete(sessions).where(eq(sessions.id, id));
      changed();
      return others.length;
    },
    async prune() {
      const now = clock.now();
      await db.delete(sessions).where(lt(sessions.expiresAt, now));
      await db.delete(verifications).where(lt(verifications.expiresAt, now));
    },
  };
}
