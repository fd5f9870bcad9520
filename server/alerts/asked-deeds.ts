import { asc, eq, like } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../db/database";
import type { Write } from "./book";
import { ACK_UNTIL } from "./shapes/alert";

const Actor = z.object({ by: z.string() });
const Noted = Actor.extend({ note: z.string() });

/** What a person wants done with an alert. */
const Order = z.discriminatedUnion("kind", [
  Noted.extend({ kind: z.literal("acknowledge"), until: z.enum(ACK_UNTIL) }),
  Actor.extend({ kind: z.literal("unacknowledge") }),
  /** Until null ends it. */
  Noted.extend({ kind: z.literal("snooze"), until: z.number().nullable() }),
  Noted.extend({ kind: z.literal("note") }),
  Actor.extend({ kind: z.literal("resolve") }),
]);
export type Order = z.infer<typeof Order>;

const Asked = z.object({ alertId: z.string(), instanceId: z.string(), at: z.number(), order: Order });
export type Asked = z.infer<typeof Asked> & { readonly id: string };

/** What was asked for in a process that does not have the alert, until the one that has it does it. In the table of settings. */
export interface AskedDeeds {
  add(asked: Asked): Promise<void>;
  /** In the order that they were asked for. */
  list(): Promise<Asked[]>;
  isThere(id: string): Promise<boolean>;
  /** In the transaction of what came of it. */
  remove(id: string): Write;
}

const PREFIX = "alerts.deed.";
/** More at once nobody asks for by hand; the rest is read when these are done. */
const MOST = 1_000;

export function createAskedDeeds({ db, schema }: Connection): AskedDeeds {
  const { settings } = schema;
  return {
    async add({ id, ...value }) {
      await db.insert(settings).values({ key: PREFIX + id, value });
    },
    async list() {
      const rows = await db
        .select()
        .from(settings)
        .where(like(settings.key, `${PREFIX}%`))
        .orderBy(asc(settings.key))
        .limit(MOST);
      // What another version asked for and this one does not understand is left to that one.
      return rows.flatMap(({ key, value }) => {
        const asked = Asked.safeParse(value);
        return asked.success ? [{ ...asked.data, id: key.slice(PREFIX.length) }] : [];
      });
    },
    async isThere(id) {
      const rows = await db
        .select({ key: settings.key })
        .from(settings)
        .where(eq(settings.key, PREFIX + id));
      return rows.length > 0;
    },
    remove: (id) => (tx) => tx.delete(settings).where(eq(settings.key, PREFIX + id)),
  };
}
