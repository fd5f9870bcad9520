import type { z } from "zod";
import type { AlertEvent } from "../alerts/shapes/alert";
import type { PastAlert, PastPage } from "../trpc/alert-outputs";
import { createTakes, describeEvent, type FindTake, type Parts } from "./alerts";

export interface PastQuery {
  readonly instanceId?: string | undefined;
  readonly ruleId?: string | undefined;
  readonly severity?: AlertEvent["severity"] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly text: string;
  readonly cursor?: { readonly at: number; readonly id: string } | undefined;
  readonly limit: number;
}
type Past = z.output<typeof PastAlert>;

/** Rows that are looked through for a text at once, and how often before the page is given out as it is. */
const SCANNED_AT_ONCE = 500;
const SCANS = 10;
/** Of one alert a person may have done many things; of a page of alerts, this is more than anybody does. */
const MOST_EVENTS = 10_000;

/** Alerts that fired, newest first. With a text it looks through so many and no more: a page may be short, and has a next one then. */
export async function describePastAlerts(
  parts: Parts,
  { text, cursor: start, limit, ...query }: PastQuery,
): Promise<z.output<typeof PastPage>> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const atOnce = words.length === 0 ? limit : Math.max(limit, SCANNED_AT_ONCE);
  const found: Past[] = [];
  let cursor = start;
  for (let scan = 0; scan < SCANS; scan += 1) {
    const fired = await parts.alerts.history({ ...query, events: ["firing"], before: cursor, limit: atOnce });
    const ids = new Map(fired.map(({ alertId, id }) => [alertId, id]));
    for (const past of await tellWhole(parts, fired)) {
      cursor = { at: past.firedAt, id: ids.get(past.id) ?? "" };
      if (!hasWords(past, words)) continue;
      found.push(past);
      if (found.length === limit) return { alerts: found, next: cursor };
    }
    if (fired.length < atOnce) return { alerts: found, next: null };
  }
  return { alerts: found, next: cursor ?? null };
}

/** What became of alerts that fired: how each ended, and what people did with it. @param fired their events of that moment */
export async function tellWhole(parts: Parts, fired: readonly AlertEvent[]): Promise<Past[]> {
  if (fired.length === 0) return [];
  const later = await parts.alerts.history({
    alertIds: fired.map(({ alertId }) => alertId),
    events: ["resolved", "acknowledged", "noted"],
    limit: MOST_EVENTS,
  });
  const take = createTakes(parts);
  const byAlert = new Map<string, AlertEvent[]>(fired.map(({ alertId }) => [alertId, []]));
  for (const event of later) byAlert.get(event.alertId)?.push(event);
  return fired.map((event) => describePast(parts, event, byAlert.get(event.alertId) ?? [], take));
}

/** @param later newest first */
function describePast(parts: Parts, fired: AlertEvent, later: readonly AlertEvent[], take: FindTake): Past {
  const {
    event: _,
    from: __,
    cause: ___,
    actor: ____,
    note: _____,
    until: ______,
    at,
    alertId,
    ...told
  } = describeEvent(parts, fired, take);
  const end = later.find(({ event }) => event === "resolved");
  const ack = later.find(({ event }) => event === "acknowledged");
  return {
    ...told,
    id: alertId,
    firedAt: at,
    worst: end?.details.worst ?? told.worst,
    endedAt: end?.at ?? null,
    cause: end?.details.cause ?? null,
    endedBy: end?.actor ?? null,
    acknowledged: ack ? { by: ack.actor ?? "", at: ack.at, note: ack.details.note ?? "" } : null,
    notes: later
      .filter(({ event }) => event === "noted")
      .map(({ details }) => details.note ?? "")
      .reverse(),
  };
}

function hasWords(
  { ruleName, instanceName, host, plugin, summary, labels, acknowledged, notes }: Past,
  words: string[],
) {
  if (words.length === 0) return true;
  const own = [ruleName, instanceName, host, plugin, summary, ...Object.values(labels)];
  const all = [...own, acknowledged?.by, acknowledged?.note, ...notes].join("\n").toLowerCase();
  return words.every((word) => all.includes(word));
}
