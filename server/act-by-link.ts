import type { LinkView } from "./alerts/notify/act-on-link";
import type { Visitor } from "./auth/visitor";
import { messageOf, UnityError } from "./errors";
import type { Unity } from "./unity";

/** Does what a link in a message says, once, and writes down that it was done. @param who comes with it; most are signed in nowhere */
export async function actByLink(
  { notifier, audit }: Pick<Unity, "notifier" | "audit">,
  token: string,
  who: Visitor,
): Promise<LinkView> {
  const action = "notifications.act";
  try {
    const view = await notifier.acts.act(token);
    const { state, deed, title, alerts } = view;
    audit.record({
      who,
      action,
      outcome: state === "done" ? "done" : "refused",
      subject: { id: alerts.length === 1 ? (alerts[0]?.id ?? null) : null, name: title || null },
      details: { facts: { deed, link: state, alerts: alerts.length } },
    });
    return view;
  } catch (error) {
    const reason = error instanceof UnityError ? messageOf(error) : "Something went wrong inside Unity.";
    audit.record({ who, action, outcome: "failed", details: { reason } });
    throw error;
  }
}
