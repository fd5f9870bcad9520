import type { Clock } from "../../clock";
import type { Connection } from "../../db/database";
import type { Log } from "../../log";
import { createTrouble } from "../../trouble";
import type { Secrets } from "../../vault/secret-reader";
import type { Alerts } from "../alerts";
import type { Write } from "../book";
import type { Delivered } from "../channels/channel";
import type { Alert, Deed, Transition } from "../shapes/alert";
import type { Message } from "../shapes/message";
import { createActs, type LinkActs } from "./act-on-link";
import { createActionLinks } from "./action-links";
import { createAppointments } from "./appointments";
import { CANARY } from "./calendar";
import type { Wording } from "./compose";
import type { Delivery } from "./delivery";
import { createDeliveryTable, type DeliveryQuery } from "./delivery-table";
import type { FactsOf, MutedAmong, MutedBy, Place } from "./facts";
import { createHeartbeat, type HeartbeatState } from "./heartbeat";
import { type Lead, takeLead } from "./lead";
import { MOST_RECALLED } from "./load-ledger";
import { type NotifyBook, openNotifyBook } from "./notify-book";
import { createOutbox } from "./outbox";
import { type Preview, type PreviewAsk, previewMessage } from "./preview";
import { createEndRecall } from "./recall-ends";
import { TEMPLATE_NAMES } from "./template";

/**
 * From changes of alerts to messages at channels. Each second, and when an alert changes, what stands is compared with what each
 * channel heard; the difference is told. Both are in the database, so a crash loses nothing and repeats nothing: an alert by the
 * transaction of its change, a message before it is sent.
 */
export interface Notifier {
  readonly book: NotifyBook;
  readonly acts: LinkActs;
  /** Names that a route's own words may hold, and what they stand for. */
  readonly names: Readonly<Record<string, string>>;
  /** Every channel. */
  places(): readonly Place[];
  /** What a route would send; nothing is sent. @throws UnityError `invalid`, `not_found` */
  preview(ask: PreviewAsk): Preview;
  /** Alerts changed. @returns messages that come of it at once, to be written with the change */
  changed(transitions: readonly Transition[]): readonly Write[];
  /** A person did something with an alert. */
  kept(alert: Alert, deed: Deed): void;
  /** Newest first, as they are now. */
  log(query: DeliveryQuery): Promise<Delivery[]>;
  /** How many messages wait or are being sent; 0 in a process that does not tell. */
  waiting(): number;
  /** Sends one again that failed, or that waits. False when it is not there, or was sent. */
  retry(id: string): Promise<boolean>;
  heartbeat(): HeartbeatState;
  /** How the last canary went, a delivery a channel. */
  lastCanary(): Promise<Delivery[]>;
  /** Sends one at once. @returns how many channels it goes to */
  sendCanary(): Promise<number>;
  prune(before: number): Promise<void>;
  start(): void;
  stop(graceMs: number): Promise<void>;
}

export interface NotifierParts {
  readonly connection: Connection;
  readonly secrets: Pick<Secrets, "seal" | "open" | "explain" | "refuse">;
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<Alerts, "open" | "standing" | "history" | "acknowledge" | "snooze">;
  /** Of several processes one tells. */
  leads(): boolean;
  hasOthers(): boolean;
  /** Every channel. */
  places(): readonly Place[];
  send(channelId: string, message: Message, signal: AbortSignal): Promise<Delivered>;
  readonly factsOf: FactsOf;
  readonly mutedBy: MutedBy;
  readonly mutedAmong?: MutedAmong;
  /** Runs happen as they should. */
  collects(): boolean;
  ping(url: string, signal: AbortSignal): Promise<{ ok: boolean; answer: string }>;
  /** Something was set: other processes are told. */
  settingsChanged(): void;
  random?(): number;
}

const BEAT_MS = 1_000;
/** Between two looks that changes ask for: thousands that come at once are looked at together. */
const LOOK_MS = 100;
const DAY_MS = 86_400_000;
/** What was finished here may be read as waiting for so long, by a read that began before. */
const FINISHED_MS = 5 * 60_000;
/** Channels of one canary that are shown; nobody has as many. */
const MOST_CANARIES = 200;

export async function openNotifier(parts: NotifierParts): Promise<Notifier> {
  const { connection, clock, log } = parts;
  const table = createDeliveryTable(connection);
  const book = await openNotifyBook(connection, { secrets: parts.secrets, log, changed: parts.settingsChanged });
  const links = createActionLinks(connection, { key: book.key, clock });
  const outbox = createOutbox(table, { clock, log });
  const trouble = createTrouble(log, {
    failing: "what was told before cannot be read; what is known is told",
    over: "what was told can be read again",
  });
  const wording: Wording = {
    factsOf: parts.factsOf,
    get publicUrl() {
      return book.settings().publicUrl;
    },
    link: (messageId, deed) => `${book.settings().publicUrl}/act/${links.sign(messageId, deed)}`,
  };
  const finished = new Map<string, number>();
  const busy = new Set<string>();
  let lead: Lead | undefined;
  /** Alerts of instances that other processes collect. */
  let others: readonly Alert[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let look: (() => void) | undefined;
  let beat: (() => void) | undefined;
  let due: (() => void) | undefined;
  let stopped = false;

  const appointments = createAppointments({
    book,
    table,
    wording,
    clock,
    places: parts.places,
    open: openAlerts,
    history: (query) => parts.alerts.history(query),
    add(deliveries) {
      lead?.sender.add(deliveries);
    },
  });
  const recallEnds = createEndRecall({ clock, open: openAlerts, history: parts.alerts.history });
  const heartbeat = createHeartbeat({ clock, log, collects: parts.collects, ping: parts.ping });

  function openAlerts(): Alert[] {
    const mine = parts.alerts.open();
    if (others.length === 0) return [...mine];
    const ids = new Set(mine.map(({ id }) => id));
    return [...mine, ...others.filter(({ id }) => !ids.has(id))];
  }

  async function begin(): Promise<void> {
    lead = await takeLead({
      clock,
      log,
      table,
      wording,
      routes: book.routes,
      places: parts.places,
      factsOf: parts.factsOf,
      mutedBy: parts.mutedBy,
      mutedAmong: parts.mutedAmong,
      perMinute: () => book.settings().perMinute,
      random: parts.random ?? Math.random,
      send: ({ channelId, message }, signal) => parts.send(channelId, message, signal),
      written: outbox.written,
      changed(delivery) {
        outbox.put(delivery);
        if (delivery.finishedAt !== null) finished.set(delivery.id, clock.now());
      },
    });
  }

  function compare(): Delivery[] {
    if (!lead || stopped) return [];
    lookedAt = clock.now();
    const made = lead.compare(openAlerts());
    due?.();
    // A wait that ends between two beats ends then.
    const inMs = lead.nextAt() - lookedAt;
    due = inMs < BEAT_MS ? clock.after(inMs, writeMade) : undefined;
    return made;
  }

  function writeMade(): void {
    const made = compare();
    for (const delivery of made) outbox.put(delivery);
    if (made.length > 0) void outbox.written();
  }

  function lookSoon(): void {
    look ??= clock.after(LOOK_MS, () => {
      look = undefined;
      writeMade();
    });
  }

  /** The database is asked beside everything else: one that says nothing keeps no message. */
  function atSide(name: string, work: () => Promise<void>): void {
    if (busy.has(name) || stopped) return;
    busy.add(name);
    work()
      .then(trouble.worked, trouble.failed)
      .finally(() => busy.delete(name));
  }

  function tick(): void {
    beat = clock.after(BEAT_MS, tick);
    if (!parts.leads()) {
      if (lead) void lead.sender.stop(0);
      lead = undefined;
      return;
    }
    heartbeat.beat(book.settings().heartbeat);
    if (!lead) {
      atSide("lead", begin);
      return;
    }
    writeMade();
    if (parts.hasOthers()) atSide("others", hearOthers);
    else others = [];
    atSide("ends", () => recallEnds(lead?.ledger));
    atSide("appointments", appointments.keep);
  }

  async function hearOthers(): Promise<void> {
    const standing = await parts.alerts.standing();
    const mine = new Set(parts.alerts.open().map(({ id }) => id));
    others = standing.filter(({ id }) => !mine.has(id));
    const now = clock.now();
    for (const [id, at] of finished) if (now - at > FINISHED_MS) finished.delete(id);
    const known = [...(lead?.sender.list().map(({ id }) => id) ?? []), ...finished.keys()];
    const fresh = await table.unfinished(known);
    lead?.sender.add(fresh.filter(({ id, state }) => state === "waiting" && !finished.has(id)));
  }

  const current = (delivery: Delivery) =>
    lead?.sender.list().find(({ id }) => id === delivery.id) ?? outbox.waiting(delivery.id) ?? delivery;
  const readLog = async (query: DeliveryQuery) => (await table.log(query)).map(current);
  const find = async (id: string): Promise<Delivery | undefined> =>
    lead?.sender.list().find((one) => one.id === id) ?? outbox.waiting(id) ?? (await table.find(id));

  return {
    book,
    acts: createActs({ links, find, ...parts, standing: () => parts.alerts.standing() }),
    names: TEMPLATE_NAMES,
    places: parts.places,
    preview: (ask) =>
      previewMessage(ask, {
        open: openAlerts(),
        places: parts.places(),
        wording,
        mutedBy: parts.mutedBy,
        now: clock.now(),
      }),
    changed(transitions) {
      if (!lead) return [];
      lead.ledger.follow(transitions);
      if (clock.now() - lookedAt < LOOK_MS) {
        lookSoon();
        return [];
      }
      const made = compare();
      return made.length === 0 ? [] : [table.add(made)];
    },
    kept({ id }, deed) {
      if (deed === "unacknowledged") lead?.ledger.dropNote(id);
    },
    log: readLog,
    async lastCanary() {
      const found = await readLog({ groupKey: CANARY, limit: MOST_CANARIES });
      return found.filter(({ createdAt }) => createdAt === found[0]?.createdAt);
    },
    sendCanary: appointments.sendCanary,
    waiting: () => lead?.sender.list().length ?? 0,
    async retry(id) {
      if (lead?.sender.hurry(id)) return true;
      const delivery = outbox.waiting(id) ?? (await table.find(id));
      if (!delivery || delivery.state === "sent" || delivery.state === "sending") return false;
      const due: Delivery = { ...delivery, state: "waiting", dueAt: clock.now(), finishedAt: null };
      await table.save([due]);
      finished.delete(id);
      lead?.sender.add([due]);
      return true;
    },
    heartbeat: heartbeat.state,
    async prune(before) {
      const firedAt = openAlerts().flatMap((alert) => alert.firedAt ?? []);
      await table.prune(before, Math.min(before, ...firedAt), MOST_RECALLED);
      await links.prune();
      lead?.ledger.prune(clock.now() - 2 * DAY_MS);
    },
    start: () => tick(),
    async stop(graceMs) {
      stopped = true;
      beat?.();
      look?.();
      due?.();
      await lead?.sender.stop(graceMs);
      await outbox.written();
    },
  };
}
