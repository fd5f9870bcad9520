import type { Clock } from "../../clock";
import type { Alerts } from "../alerts";
import type { Alert } from "../shapes/alert";
import type { Lead } from "./lead";
import { ENDINGS, recallAlert } from "./recall-alert";

interface Parts {
  readonly clock: Clock;
  open(): readonly Alert[];
  readonly history: Alerts["history"];
}

const ASK_AGAIN_MS = 10_000;

/** Looks up how alerts ended that nobody here saw end: this process was down, or another has them. */
export function createEndRecall({ clock, open, history }: Parts) {
  const asked = new Map<string, number>();
  return async (ledger: Lead["ledger"] | undefined): Promise<void> => {
    if (!ledger) return;
    const now = clock.now();
    const standing = new Set(open().map(({ key }) => key));
    for (const [id, at] of asked) if (now - at > ASK_AGAIN_MS) asked.delete(id);
    for (const { alert, event } of [...ledger.heard()]) {
      const known = standing.has(alert.key) || ledger.ended().has(alert.key) || asked.has(alert.id);
      if (event === "resolved" || known) continue;
      asked.set(alert.id, now);
      const [end] = await history({ alertId: alert.id, events: ENDINGS, limit: 1 });
      if (end) ledger.follow([{ alert: recallAlert(end, alert), to: "resolved" }]);
    }
  };
}
