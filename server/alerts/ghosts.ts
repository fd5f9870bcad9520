import type { Clock } from "../clock";
import type { AlertBook } from "./book";
import { endAlert } from "./settle";
import type { Alert, Transition } from "./shapes/alert";
import { isOpen } from "./step";

/** Why nobody looks at an instance. */
export type Absence = "removed" | "paused" | "unknown";

/**
 * Alerts of instances that nobody collects any more: they were removed or paused while the process that had them was dead, so nobody ended
 * them. Whoever leads does, and their history says why.
 */
export interface Ghosts {
  /** @throws what the database throws */
  lay(): Promise<void>;
}

interface GhostsParts {
  readonly records: Pick<AlertBook, "kept" | "drop">;
  record(transitions: readonly Transition[]): Promise<void>;
  /** What this process has in memory is no ghost. */
  open(): readonly Alert[];
  /** Null when it is to be collected, by whomever. */
  absent(instanceId: string): Absence | null;
  leads(): boolean;
  hasOthers(): boolean;
  readonly clock: Pick<Clock, "now">;
}

/** A living process has heard by then that its instance is gone, and has ended them itself. */
const ENDED_WITHIN_MS = 30_000;

const WORDS: Readonly<Record<Absence, string>> = {
  removed: "Its instance was removed while nobody watched it.",
  paused: "Its instance was paused while nobody watched it.",
  unknown: "Its plugin is not there any more.",
};

export function createGhosts(parts: GhostsParts): Ghosts {
  /** When it was seen first, by the alert's id. */
  const seen = new Map<string, number>();

  return {
    async lay() {
      if (!parts.leads()) return seen.clear();
      const stored = await parts.records.kept();
      const now = parts.clock.now();
      const mine = new Set(parts.open().map(({ id }) => id));
      const found = stored.flatMap((alert) => {
        const absence = mine.has(alert.id) ? null : parts.absent(alert.instanceId);
        return absence ? [{ alert, absence }] : [];
      });
      const ids = new Set(found.map(({ alert }) => alert.id));
      for (const id of [...seen.keys()]) if (!ids.has(id)) seen.delete(id);
      const due = found.filter(({ alert }) => {
        const since = seen.get(alert.id) ?? now;
        seen.set(alert.id, since);
        return !parts.hasOthers() || now - since >= ENDED_WITHIN_MS;
      });
      for (const { alert } of due) if (!isOpen(alert.standing)) await parts.records.drop(alert.id);
      await parts.record(
        due.flatMap(({ alert, absence }) =>
          isOpen(alert.standing) ? [{ ...endAlert(alert, now, "unwatched"), note: WORDS[absence] }] : [],
        ),
      );
    },
  };
}
