import type { Alert } from "../shapes/alert";
import type { Route } from "../shapes/route";
import { OWN } from "./aim";
import { composeMessage, type Wording } from "./compose";
import { type Delivery, nameDelivery } from "./delivery";
import type { DeliveryTable } from "./delivery-table";
import type { MutedAmong } from "./facts";
import { createLedger, type Ledger } from "./ledger";
import { loadLedger } from "./load-ledger";
import { type Draft, type PlanInput, planMessages } from "./plan-messages";
import { createSender, type Sender, type SenderParts } from "./sender";

/** Telling, by the one process that tells: what was heard, and what is on its way. */
export interface Lead {
  readonly ledger: Ledger;
  readonly sender: Sender;
  /** What stands against what was heard. @returns what is to be told, already on its way */
  compare(open: readonly Alert[]): Delivery[];
  /** When the next of what was found to wait is due, as it was found then. */
  nextAt(): number;
}

interface LeadParts extends Omit<SenderParts, "merge">, Pick<PlanInput, "factsOf" | "mutedBy"> {
  /** Without it, each is asked for by itself. */
  readonly mutedAmong?: MutedAmong | undefined;
  readonly table: DeliveryTable;
  readonly wording: Wording;
  routes(): readonly Route[];
}

/** @throws what the database throws */
export async function takeLead(parts: LeadParts): Promise<Lead> {
  const { clock, wording } = parts;
  const ledger = createLedger();
  let next = Number.POSITIVE_INFINITY;
  const waiting = await loadLedger(parts.table, ledger, clock.now());
  const sender = createSender({
    ...parts,
    merge,
    changed(delivery) {
      parts.changed(delivery);
      if (delivery.state === "sent" || delivery.state === "failed") ledger.noteOutcome(delivery);
    },
  });
  sender.add(waiting);

  function deliveryOf({ channelId, groupKey, route, tells, others }: Draft): Delivery {
    const now = clock.now();
    const id = nameDelivery(channelId, tells, String(ledger.lastAt(channelId, groupKey) ?? 0));
    const message = composeMessage({ id, groupKey, route, tells, others, now }, wording);
    const told = { routeId: route.id, tells, others };
    const start = {
      state: "waiting",
      dueAt: now,
      attempts: 0,
      answer: null,
      createdAt: now,
      finishedAt: null,
    } as const;
    return { id, channelId, groupKey, message, told, ...start };
  }

  /** What comes last of an alert is what is so. */
  function merge(deliveries: readonly [Delivery, ...Delivery[]]): Delivery {
    const [first] = deliveries;
    const all = deliveries.flatMap(({ told }) => told.tells);
    const tells = [...new Map(all.map((tell) => [tell.alert.key, tell])).values()];
    const told = { ...first.told, tells };
    const route = parts.routes().find(({ id }) => id === told.routeId) ?? OWN;
    const { id, groupKey } = first;
    const now = clock.now();
    return { ...first, told, message: composeMessage({ id, groupKey, route, ...told, now }, wording) };
  }

  return {
    ledger,
    sender,
    compare(open) {
      const now = clock.now();
      ledger.watchNotes(open, now);
      const among = parts.mutedAmong?.(open, now);
      const isOpen = new Set(among && open.map(({ id }) => id));
      const { drafts, done, nextAt } = planMessages({
        now,
        open,
        heard: ledger.heard(),
        ended: ledger.ended(),
        lastAt: ledger.lastAt,
        reopenedAt: ({ id }) => ledger.reopenedAt(id),
        routes: parts.routes(),
        places: parts.places(),
        factsOf: parts.factsOf,
        mutedBy: (alert) => (among && isOpen.has(alert.id) ? (among.get(alert.id) ?? null) : parts.mutedBy(alert, now)),
      });
      next = nextAt;
      ledger.forget(done);
      const made = drafts.map(deliveryOf);
      for (const delivery of made) ledger.note(delivery);
      sender.add(made);
      return made;
    },
    nextAt: () => next,
  };
}
