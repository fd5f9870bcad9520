import { ruleHref } from "@/components/alerts/rule-href";
import type { AuditLine } from "@/components/data/outputs";

type Line = Pick<AuditLine, "action" | "outcome" | "actorId" | "subjectId" | "subject">;

/** Deeds to what a name tells though it has no id. Of others without one the words of the deed say all. */
const NAMED = /^(sign-in|first-run|notifications\.act|backup\.download|other-site)/;
/** One does these to oneself. */
const OWN = /^(sign-|account\.|people\.role$)/;

/** What it was done to as a row says it; null: nothing beside the words of the deed. */
export function subjectName({ action, actorId, subjectId, subject }: Line): string | null {
  if (subject === null || (subjectId === null && !NAMED.test(action))) return null;
  if (OWN.test(action) && subjectId !== null && subjectId === actorId) return null;
  return subject;
}

/** Where one page shows all of a kind. */
const PLACES: Readonly<Record<string, string | undefined>> = {
  people: "/settings/people",
  tokens: "/settings/tokens",
  storage: "/settings/storage",
  backup: "/settings/backup",
  mcp: "/settings/assistants",
  silences: "/alerts/silences",
  discovery: "/catalogue",
};

/** The page of what it was done to; null: there is none, or it is gone with the deed. */
export function subjectHref({ action, outcome, subjectId, subject }: Line): string | null {
  const isGone = outcome === "done" && /\.(remove|revoke)$/.test(action);
  const [group = ""] = action.split(".", 1);
  if (Object.hasOwn(PLACES, group)) return PLACES[group] ?? null;
  if (action === "alerts.import") return "/alerts/rules";
  if (group === "notifications" && action !== "notifications.act") return "/alerts/notifications";
  if (subjectId === null || isGone) return null;
  const id = encodeURIComponent(subjectId);
  if (group === "plugins") return `/instances/${id}`;
  if (group === "channels") return `/alerts/channels/${id}`;
  if (action.startsWith("alerts.rule.")) return ruleHref(subjectId);
  // An override is called by its rule.
  if (action.startsWith("alerts.override.")) return subject === null ? null : ruleHref(subject);
  return group === "alerts" || action === "notifications.act" ? `/alerts/${id}` : null;
}
