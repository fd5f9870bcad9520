import type { Alert, AlertEvent } from "../shapes/alert";

const PHASES_OVER = ["resolved", "inactive", "no_data", "error"] as const;
/** Events by which an alert ends. */
export const ENDINGS: readonly AlertEvent["event"][] = PHASES_OVER;

/** An alert as a line of its history tells it. @param known the same one as it was told before, where it was */
export function recallAlert(event: AlertEvent, known?: Alert): Alert {
  const { at, alertId, ruleId, instanceId, severity, value, limit, details } = event;
  const over = PHASES_OVER.find((phase) => phase === event.event);
  return {
    key: known?.key ?? alertId,
    id: alertId,
    ruleId,
    ruleName: details.ruleName,
    instanceId,
    labels: details.labels,
    severity,
    summary: details.summary,
    standing: { phase: over ?? "firing", since: at, at, heldMs: 0 },
    metric: details.metric,
    value,
    limit,
    worst: details.worst ?? null,
    firedAt: known?.firedAt ?? at,
    acknowledged: null,
    snoozedUntil: null,
    fires: known?.fires ?? [],
    channels: known?.channels ?? [],
    ruleLabels: known?.ruleLabels ?? {},
  };
}
