import type { Clock } from "../../clock";
import type { Alerts } from "../alerts";
import type { Alert } from "../shapes/alert";
import type { Message } from "../shapes/message";
import type { Route } from "../shapes/route";
import { choose } from "./aim";
import { collectDigest, composeCanary, isDue } from "./calendar";
import { composeMessage, type Wording } from "./compose";
import type { Tell } from "./decide";
import { type Delivery, nameDelivery } from "./delivery";
import type { DeliveryTable } from "./delivery-table";
import type { Place } from "./facts";
import type { NotifyBook } from "./notify-book";
import { ENDINGS } from "./recall-alert";

const DAY_MS = 86_400_000;
const MOST_EVENTS = 1_000;
const MOST_TELLS = 200;

/** What is told by the calendar: the summary of a day, and the weekly proof that messages arrive. */
export function createAppointments(parts: {
  readonly book: NotifyBook;
  readonly table: Pick<DeliveryTable, "add" | "transact">;
  readonly wording: Wording;
  readonly clock: Pick<Clock, "now">;
  places(): readonly Place[];
  open(): readonly Alert[];
  readonly history: Alerts["history"];
  add(deliveries: readonly Delivery[]): void;
}) {
  const { book, table, wording, clock } = parts;

  async function keepCanary(now: number): Promise<void> {
    const { enabled, at, timeZone, weekday } = book.settings().canary;
    const lastAt = book.lastAt("canary");
    if (!enabled || !isDue({ at, timeZone, weekday }, lastAt, now)) return;
    await send("canary", makeCanaries(`canary ${lastAt ?? 0}`, now), now);
  }

  function makeCanaries(turn: string, now: number): Delivery[] {
    const { channels, timeZone } = book.settings().canary;
    return choose(channels, parts.places()).map((channelId) => {
      const id = nameDelivery(channelId, [], turn);
      return deliveryOf(channelId, composeCanary(id, timeZone, now, wording.publicUrl), [], "", now);
    });
  }

  async function keepDigest(route: Route, now: number): Promise<void> {
    const { digest, timeZone } = route;
    const what = `digest.${route.id}`;
    const lastAt = book.lastAt(what);
    if (!digest || !isDue({ at: digest.at, timeZone }, lastAt, now)) return;
    const since = lastAt ?? now - DAY_MS;
    const events = await parts.history({ events: ["firing", ...ENDINGS], from: since, to: now, limit: MOST_EVENTS });
    const { factsOf } = wording;
    const tells = collectDigest(
      { events, open: parts.open(), since },
      { route, routes: book.routes(), factsOf, now },
    ).slice(0, MOST_TELLS);
    const channels = tells.length === 0 ? [] : choose(route.channels, parts.places());
    const made = channels.map((channelId) => {
      const id = nameDelivery(channelId, [], `${what} ${lastAt ?? 0}`);
      const content = { id, groupKey: what, route, tells, others: 0, kind: "digest", now } as const;
      return deliveryOf(channelId, composeMessage(content, wording), tells, route.id, now);
    });
    await send(what, made, now);
  }

  /** Written with the note that it came, so that it neither comes twice nor is forgotten. */
  async function send(what: string, made: readonly Delivery[], now: number): Promise<void> {
    const writes = [book.mark(what, now), ...(made.length === 0 ? [] : [table.add(made)])];
    await table.transact(writes);
    parts.add(made);
  }

  return {
    /** A canary beside the weekly one, which comes all the same. @returns how many channels it goes to */
    async sendCanary(): Promise<number> {
      const now = clock.now();
      const made = makeCanaries(`canary at ${now}`, now);
      if (made.length > 0) await table.transact([table.add(made)]);
      parts.add(made);
      return made.length;
    },
    async keep(): Promise<void> {
      const now = clock.now();
      await keepCanary(now);
      for (const route of book.routes()) if (route.enabled) await keepDigest(route, now);
    },
  };
}

function deliveryOf(
  channelId: string,
  message: Message,
  tells: readonly Tell[],
  routeId: string,
  now: number,
): Delivery {
  return {
    id: message.id,
    channelId,
    groupKey: message.groupKey,
    state: "waiting",
    dueAt: now,
    attempts: 0,
    message,
    told: { routeId, tells, others: 0 },
    answer: null,
    createdAt: now,
    finishedAt: null,
  };
}
