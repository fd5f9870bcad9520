import type { TimeBand } from "@/components/charts/paint";
import type { OpenAlert, TimelineEvent } from "@/components/data/outputs";

/** A stretch in which an alert fired, and whose chart it belongs behind. */
export interface AlertBand extends TimeBand {
  readonly metric: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

type Event = Pick<TimelineEvent, "alertId" | "at" | "event" | "severity" | "ruleName" | "metric" | "labels">;
type Open = Pick<OpenAlert, "id" | "firedAt" | "severity" | "ruleName" | "metric" | "labels">;

/**
 * Stretches in which alerts fired since `from`, by their history and what stands. One that only ended there fired before; one that only
 * stands there as well.
 */
export function alertBands(events: readonly Event[], open: readonly Open[], from: number): AlertBand[] {
  const bands = new Map<string, AlertBand>();
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    const { alertId, at, severity, ruleName: label, metric, labels } = event;
    const band = bands.get(alertId);
    if (event.event === "firing") bands.set(alertId, { from: at, to: null, severity, label, metric, labels });
    else if (event.event === "resolved")
      bands.set(alertId, { ...(band ?? { from, severity, label, metric, labels }), to: at });
  }
  for (const { id, firedAt, severity, ruleName: label, metric, labels } of open) {
    if (firedAt !== null && !bands.has(id)) bands.set(id, { from: firedAt, to: null, severity, label, metric, labels });
  }
  // What fired and has no end any more, and does not stand: its end is not written yet, or was never.
  const standing = new Set(open.map(({ id }) => id));
  return [...bands].flatMap(([id, band]) => (band.to === null && !standing.has(id) ? [] : [band]));
}

interface Drawn {
  readonly metrics: readonly string[];
  readonly where: Readonly<Record<string, string>>;
}

/** Those that belong behind a chart: of its metrics, and not of series that it leaves out. What is about the whole instance is behind all. */
export const bandsOf = (bands: readonly AlertBand[], { metrics, where }: Drawn): AlertBand[] =>
  bands.filter(
    ({ metric, labels }) =>
      metric === null ||
      (metrics.includes(metric) &&
        Object.entries(where).every(([name, value]) => labels[name] === undefined || labels[name] === value)),
  );
