import type { Alert, Transition } from "../shapes/alert";
import type { Heard, Tell } from "./decide";
import type { Delivery } from "./delivery";
import { idOf } from "./plan-messages";

/** What channels heard, as far as there is more to say: in memory, made anew from the deliveries in the database. */
export interface Ledger {
  heard(): Iterable<Heard>;
  ended(): ReadonlyMap<string, Alert>;
  lastAt(channelId: string, groupKey: string): number | undefined;
  /** It will be sent, or was. */
  note(delivery: Delivery): void;
  /** It got there, or did not. */
  noteOutcome(delivery: Delivery): void;
  /** What became of alerts. */
  follow(transitions: readonly Pick<Transition, "alert" | "to">[]): void;
  forget(heard: readonly Heard[]): void;
  /** Somebody took note of it until it changes or gets worse. @param open every alert that stands */
  watchNotes(open: readonly Alert[], now: number): void;
  /** A person took the note back: nobody needs to hear of that. */
  dropNote(alertId: string): void;
  reopenedAt(alertId: string): number | null;
  /** Forgets when groups were told last, where that is long ago. */
  prune(before: number): void;
}

export function createLedger(): Ledger {
  const heard = new Map<string, Heard>();
  const keys = new Map<string, number>();
  const ended = new Map<string, Alert>();
  const lastAt = new Map<string, number>();
  const noted = new Set<string>();
  const reopened = new Map<string, number>();

  function set(id: string, one: Heard | undefined): void {
    const before = heard.get(id);
    const key = (one ?? before)?.alert.key;
    if (key === undefined) return;
    const count = (keys.get(key) ?? 0) + Number(one !== undefined) - Number(before !== undefined);
    if (count > 0) keys.set(key, count);
    else {
      keys.delete(key);
      ended.delete(key);
    }
    if (one) heard.set(id, one);
    else heard.delete(id);
  }

  function hear({ channelId, groupKey, createdAt, state }: Delivery, { event, alert }: Tell): void {
    const id = idOf(channelId, alert.key);
    const before = heard.get(id);
    const times = before?.alert.id === alert.id ? before.times + 1 : 1;
    set(id, { event, alert, channelId, groupKey, at: createdAt, times, failed: state === "failed" });
  }

  return {
    heard: () => heard.values(),
    ended: () => ended,
    lastAt: (channelId, groupKey) => lastAt.get(idOf(channelId, groupKey)),
    note(delivery) {
      const { channelId, groupKey, createdAt, told } = delivery;
      // What was dropped is told in another message, or its channel was off.
      if (delivery.state === "dropped" || told.tells.length === 0 || delivery.message.kind !== "alerts") return;
      const group = idOf(channelId, groupKey);
      lastAt.set(group, Math.max(lastAt.get(group) ?? 0, createdAt));
      for (const tell of told.tells) hear(delivery, tell);
    },
    noteOutcome({ channelId, told, state }) {
      for (const { event, alert } of told.tells) {
        const id = idOf(channelId, alert.key);
        const one = heard.get(id);
        if (one?.alert.id === alert.id && one.event === event) heard.set(id, { ...one, failed: state === "failed" });
      }
    },
    follow(transitions) {
      for (const { alert, to } of transitions) {
        if (to === "firing") ended.delete(alert.key);
        else if (to !== "pending" && keys.has(alert.key)) ended.set(alert.key, alert);
        if (to !== "firing" && to !== "pending") {
          noted.delete(alert.id);
          reopened.delete(alert.id);
        }
      }
    },
    forget(some) {
      for (const { channelId, alert } of some) set(idOf(channelId, alert.key), undefined);
    },
    watchNotes(open, now) {
      for (const { id, acknowledged } of open) {
        if (acknowledged) noted.add(id);
        else if (noted.delete(id)) reopened.set(id, now);
      }
    },
    dropNote: (alertId) => void noted.delete(alertId),
    reopenedAt: (alertId) => reopened.get(alertId) ?? null,
    prune(before) {
      for (const [group, at] of lastAt) if (at < before) lastAt.delete(group);
    },
  };
}
