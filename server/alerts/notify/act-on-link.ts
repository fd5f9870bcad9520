import type { Clock } from "../../clock";
import { UnityError } from "../../errors";
import type { Alerts } from "../alerts";
import type { Alert } from "../shapes/alert";
import type { ActionLinks, LinkClaim, LinkDeed } from "./action-links";
import type { Delivery } from "./delivery";
import type { Place } from "./facts";

/** What a link of a message does, and doing it. */
export interface LinkActs {
  /** Looks only. */
  look(token: string): Promise<LinkView>;
  /** Does it, once. What is over meanwhile is left alone. A link by which nothing could be done is not used up. */
  act(token: string): Promise<LinkView>;
}

export interface LinkView {
  readonly state: "ready" | "done" | "used" | "expired" | "bad" | "over";
  readonly deed: LinkDeed | null;
  readonly title: string;
  readonly expiresAt: number | null;
  readonly alerts: readonly LinkAlert[];
}
export interface LinkAlert {
  readonly id: string;
  readonly summary: string;
  readonly instance: string;
  readonly severity: Alert["severity"];
  readonly open: boolean;
  readonly acknowledgedBy: string | null;
  readonly snoozedUntil: number | null;
}

const SNOOZE_MS = 3_600_000;
const nothing = (state: LinkView["state"]): LinkView => ({
  state,
  deed: null,
  title: "",
  expiresAt: null,
  alerts: [],
});

export function createActs(parts: {
  readonly links: ActionLinks;
  find(id: string): Promise<Delivery | undefined>;
  readonly alerts: Pick<Alerts, "acknowledge" | "snooze">;
  /** Everywhere. */
  standing(): Promise<readonly Alert[]>;
  places(): readonly Place[];
  readonly clock: Pick<Clock, "now">;
}): LinkActs {
  const { links, clock } = parts;

  async function viewOf({ deed, expiresAt }: LinkClaim, { message, told }: Delivery): Promise<LinkView> {
    const open = new Map((await parts.standing()).map((alert) => [alert.id, alert]));
    const words = new Map(message.alerts.map((alert) => [alert.id, alert]));
    const alerts = told.tells.map(({ alert }) => {
      const now = open.get(alert.id);
      return {
        id: alert.id,
        summary: words.get(alert.id)?.summary ?? alert.ruleName,
        instance: words.get(alert.id)?.instance ?? "",
        severity: alert.severity,
        open: now !== undefined,
        acknowledgedBy: now?.acknowledged?.by ?? null,
        snoozedUntil: now?.snoozedUntil ?? null,
      };
    });
    return { state: alerts.some((one) => one.open) ? "ready" : "over", deed, title: message.title, expiresAt, alerts };
  }

  async function read(token: string): Promise<{ view: LinkView; claim?: LinkClaim; delivery?: Delivery }> {
    const claim = links.read(token);
    if (claim === "bad" || claim === "expired") return { view: nothing(claim) };
    const delivery = await parts.find(claim.messageId);
    if (!delivery) return { view: nothing("expired") };
    const view = await viewOf(claim, delivery);
    return { view: (await links.isUsed(token)) ? { ...view, state: "used" } : view, claim, delivery };
  }

  /** @returns false when it is over in this very moment: there is nothing left to do */
  async function perform(deed: LinkDeed, alertId: string, by: string): Promise<boolean> {
    try {
      if (deed === "acknowledge") await parts.alerts.acknowledge(alertId, { by, note: "", until: "over" });
      else await parts.alerts.snooze(alertId, { by, note: "", until: clock.now() + SNOOZE_MS });
      return true;
    } catch (error) {
      if (error instanceof UnityError && error.code === "not_found") return false;
      throw error;
    }
  }

  return {
    look: async (token) => (await read(token)).view,
    async act(token) {
      const { view, claim, delivery } = await read(token);
      if (!claim || !delivery || view.state !== "ready") return view;
      if (!(await links.use(token, claim))) return { ...view, state: "used" };
      const name = parts.places().find(({ id }) => id === delivery.channelId)?.name ?? "a channel";
      const open = view.alerts.filter((alert) => alert.open);
      // Together: each may wait for another process.
      const ends = await Promise.allSettled(open.map(({ id }) => perform(claim.deed, id, `link in ${name}`)));
      const isDone = ends.some((end) => end.status === "fulfilled" && end.value);
      if (!isDone) await links.giveBack(token);
      for (const end of ends) if (end.status === "rejected") throw end.reason;
      return { ...(await viewOf(claim, delivery)), state: isDone ? "done" : "over" };
    },
  };
}
