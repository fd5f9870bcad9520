import { summaryOf } from "../alerts/notify/summary";
import type { Caller } from "./tool";

type Answer<T extends (...given: never[]) => unknown> = Awaited<ReturnType<T>>;
type Instance = Answer<Caller["plugins"]["instances"]>[number];
type Alert = Answer<Caller["alerts"]["open"]>[number];
type Event = Answer<Caller["alerts"]["history"]>[number];
type Document = Answer<Caller["assist"]["documents"]>["documents"][number];

/** What a model reads costs by its length: what says nothing to it is left out. Instants are ISO 8601. */
export const shortInstance = ({ id, name, plugin, host, enabled, tags, status, maintenance }: Instance) => ({
  ...{ id, name, plugin, host, state: enabled ? status.health : "paused", since: isoOf(status.since) },
  ...{ last_run: isoOf(status.lastRunAt), last_success: isoOf(status.lastSuccessAt), tags },
  ...(status.reason === null ? {} : { reason: status.reason, message: status.message, hint: status.hint }),
  ...(maintenance ? { maintenance: maintenance.name } : {}),
});

export const shortAlert = (alert: Alert) => ({
  ...{ id: alert.id, rule: alert.ruleName, severity: alert.severity, phase: alert.phase, says: summaryOf(alert) },
  ...{ instance: alert.instanceId, instance_name: alert.instanceName, host: alert.host, labels: alert.labels },
  ...{ metric: alert.metric, value: alert.value, limit: alert.limit, worst: alert.worst, unit: alert.unit },
  since: isoOf(alert.firedAt ?? alert.since),
  acknowledged: alert.acknowledged && { by: alert.acknowledged.by, note: alert.acknowledged.note },
  ...{ snoozed_until: isoOf(alert.snoozedUntil), muted_by: alert.mutedBy?.name ?? null, flapping: alert.flapping },
});

export const shortEvent = (event: Event) => ({
  ...{ at: isoOf(event.at), alert: event.alertId, event: event.event, rule: event.ruleName, severity: event.severity },
  ...{ instance: event.instanceId, instance_name: event.instanceName, host: event.host, labels: event.labels },
  ...{ says: summaryOf(event), value: event.value, limit: event.limit, unit: event.unit },
  ...{ cause: event.cause, by: event.actor, note: event.note },
});

export const shortMetric = ({ at, instance, metric, value, unit, labels, sentence, collection }: Document) => ({
  ...{ at: isoOf(at), metric, labels, value, unit, sentence, fresh: collection.fresh, instance: instance.id },
});

const isoOf = (at: number | null): string | null =>
  at === null || !(Math.abs(at) <= 8.64e15) ? null : new Date(at).toISOString();
