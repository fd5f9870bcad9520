import { and, asc, desc, eq, inArray, lt, notInArray, or, type SQL } from "drizzle-orm";
import type { Connection } from "../../db/database";
import type { Write } from "../book";
import { Message } from "../shapes/message";
import type { DeliveryState } from "../shapes/route";
import type { Delivery, Told } from "./delivery";

/** Deliveries in the database. Every function throws what the database throws. */
export interface DeliveryTable {
  /** Adds them, within somebody's transaction; what is there already stays as it is. */
  add(deliveries: readonly Delivery[]): Write;
  save(deliveries: readonly Delivery[]): Promise<void>;
  /** All of these or none. */
  transact(writes: readonly Write[]): Promise<void>;
  find(id: string): Promise<Delivery | undefined>;
  /** Not finished, oldest first, without these. */
  unfinished(known: readonly string[]): Promise<Delivery[]>;
  /** Newest first. */
  log(query: DeliveryQuery): Promise<Delivery[]>;
  /** What is finished and older than both, and, beyond the newest `most`, what is older than `before`. */
  prune(before: number, needed: number, most: number): Promise<void>;
}

export interface DeliveryQuery {
  readonly channelId?: string | undefined;
  readonly groupKey?: string | undefined;
  readonly states?: readonly DeliveryState[] | undefined;
  /** Older than this one. */
  readonly before?: { readonly createdAt: number; readonly id: string } | undefined;
  readonly limit: number;
}

const ROWS_AT_ONCE = 50;
/** More than these do not wait in any order worth keeping; the rest is read when they are gone. */
const MOST_UNFINISHED = 2_000;
/** In a statement: well below every database's limit of parameters. */
const MOST_KNOWN = 500;
const NOTHING_TOLD: Told = { routeId: "", tells: [], others: 0 };

export function createDeliveryTable({ db, schema, dialect }: Connection): DeliveryTable {
  const { notifications } = schema;
  const unfinished = inArray(notifications.state, ["waiting", "sending"]);

  return {
    add: (deliveries) => (tx) => dialect.insertIgnore(tx, notifications, deliveries.map(rowOf)),
    async save(deliveries) {
      await db.transaction(async (tx) => {
        for (let start = 0; start < deliveries.length; start += ROWS_AT_ONCE) {
          const rows = deliveries.slice(start, start + ROWS_AT_ONCE).map(rowOf);
          await dialect.upsert(tx, notifications, rows, [notifications.id]);
        }
      });
    },
    async transact(writes) {
      await db.transaction(async (tx) => {
        for (const write of writes) await write(tx);
      });
    },
    async find(id) {
      const rows = await db.select().from(notifications).where(eq(notifications.id, id));
      return rows.flatMap(deliveryOf)[0];
    },
    async unfinished(known) {
      const others = known.length === 0 ? undefined : notInArray(notifications.id, known.slice(0, MOST_KNOWN));
      const rows = await db
        .select()
        .from(notifications)
        .where(and(unfinished, others))
        .orderBy(asc(notifications.createdAt), asc(notifications.id))
        .limit(MOST_UNFINISHED);
      return rows.flatMap(deliveryOf);
    },
    async log({ channelId, groupKey, states, before, limit }) {
      const where: (SQL | undefined)[] = [
        channelId === undefined ? undefined : eq(notifications.channelId, channelId),
        groupKey === undefined ? undefined : eq(notifications.groupKey, groupKey),
        states === undefined ? undefined : inArray(notifications.state, [...states]),
        before &&
          or(
            lt(notifications.createdAt, before.createdAt),
            and(eq(notifications.createdAt, before.createdAt), lt(notifications.id, before.id)),
          ),
      ];
      const rows = await db
        .select()
        .from(notifications)
        .where(and(...where))
        .orderBy(desc(notifications.createdAt), desc(notifications.id))
        .limit(limit);
      return rows.flatMap(deliveryOf);
    },
    async prune(before, needed, most) {
      const [first] = await db
        .select({ at: notifications.createdAt })
        .from(notifications)
        .orderBy(desc(notifications.createdAt), desc(notifications.id))
        .limit(1)
        .offset(most);
      const end = Math.min(before, Math.max(needed, first?.at ?? 0));
      const finished = inArray(notifications.state, ["sent", "failed", "dropped"]);
      await db.delete(notifications).where(and(finished, lt(notifications.createdAt, end)));
    },
  };
}

const rowOf = ({ told, message, ...delivery }: Delivery) => ({ ...delivery, message: { ...message, told } });

type Row = Omit<Delivery, "message" | "told"> & { readonly message: unknown };

/** What another version wrote and this one does not understand is left alone. */
function deliveryOf({ message, ...row }: Row): Delivery[] {
  const parsed = Message.safeParse(message);
  if (!parsed.success) return [];
  // As this file wrote it; a channel's test tells of no alert.
  const told = (message as { told?: Told }).told ?? NOTHING_TOLD;
  return [{ ...row, message: parsed.data, told }];
}
