import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import { openParentBook, type ParentBook } from "./parent-book";
import { findParents, type LastRuns } from "./parents";
import type { Alert } from "./shapes/alert";
import type { MutedBy } from "./shapes/silence";
import { openSilenceBook, type SilenceBook } from "./silence-book";
import { matchesAlert, matchesPlace, type Place } from "./silence-match";

/** Why nobody is told of an alert: a silence, maintenance, or something that it hangs on is down. */
export interface Muting {
  readonly silences: SilenceBook;
  readonly parents: ParentBook;
  /** @returns null when it is to be told */
  mutedBy(alert: Alert, now: number): MutedBy | null;
  /** Of several, when all that are open are at hand, other processes' among them. By the alert's id. */
  mutedAmong(open: readonly Alert[], now: number): ReadonlyMap<string, MutedBy>;
  /** The maintenance that keeps an instance from being asked. */
  pausedBy(instanceId: string, now: number): MutedBy | null;
  /** Alerts changed. */
  forget(): void;
  /** Reads what other processes changed. */
  reload(): Promise<void>;
}

export interface MutingParts {
  readonly connection: Connection;
  /** Every instance. @param collected only what is not paused */
  places(collected: boolean): readonly Place[];
  place(instanceId: string): Place | undefined;
  lastRuns(instanceId: string): LastRuns;
  /** As in `World`. */
  downFrom(alert: Alert): number;
  /** Open alerts that this process knows. */
  open(): readonly Alert[];
  readonly localHost: string;
  changed(origin: "here" | "elsewhere"): void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Runs change what hangs on what without a change of alerts, but not by much. */
const PARENTS_FOR_MS = 1_000;

export async function openMuting(parts: MutingParts): Promise<Muting> {
  const { connection, clock, log } = parts;
  let hanging: { readonly at: number; readonly causes: ReadonlyMap<string, Alert> } | undefined;
  const forget = () => {
    hanging = undefined;
  };
  const changed = (origin: "here" | "elsewhere") => {
    forget();
    parts.changed(origin);
  };
  const silences = await openSilenceBook(connection, { clock, log, changed });
  const parents = await openParentBook(connection, {
    places: () => parts.places(false),
    changed: () => changed("here"),
    log,
  });

  /** What is open, and what it is open until. */
  function silencedBy(alert: Alert, now: number): MutedBy | null {
    const place = parts.place(alert.instanceId);
    for (const { silence, window } of silences.all()) {
      const opening = window.openingAt(now);
      if (opening && matchesAlert(silence.matchers, alert, place))
        return { kind: silence.kind, id: silence.id, name: silence.name, until: opening.to };
    }
    return null;
  }

  function hangsOn(cause: Alert | undefined): MutedBy | null {
    if (!cause) return null;
    const name = parts.place(cause.instanceId)?.name ?? cause.ruleName;
    return { kind: "parent", id: cause.id, name, until: null };
  }

  const causesAmong = (open: readonly Alert[]) =>
    findParents(open, {
      places: parts.places(true),
      links: parents.get(),
      localHost: parts.localHost,
      lastRuns: parts.lastRuns,
      downFrom: parts.downFrom,
    });

  function causesNow(now: number): ReadonlyMap<string, Alert> {
    if (!hanging || Math.abs(now - hanging.at) > PARENTS_FOR_MS)
      hanging = { at: now, causes: causesAmong(parts.open()) };
    return hanging.causes;
  }

  return {
    silences,
    parents,
    mutedBy: (alert, now) => silencedBy(alert, now) ?? hangsOn(causesNow(now).get(alert.id)),
    mutedAmong(open, now) {
      const causes = causesAmong(open);
      return new Map(
        open.flatMap((alert) => {
          const by = silencedBy(alert, now) ?? hangsOn(causes.get(alert.id));
          return by ? [[alert.id, by] as const] : [];
        }),
      );
    },
    pausedBy(instanceId, now) {
      const place = parts.place(instanceId);
      if (!place) return null;
      for (const { silence, window } of silences.all()) {
        if (!silence.pausesCollection) continue;
        const opening = window.openingAt(now);
        if (opening && matchesPlace(silence.matchers, place))
          return { kind: silence.kind, id: silence.id, name: silence.name, until: opening.to };
      }
      return null;
    },
    forget,
    async reload() {
      await parents.reload();
      await silences.reload();
    },
  };
}
