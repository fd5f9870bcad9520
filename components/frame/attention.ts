import type { Attention, Severity } from "@/components/data/outputs";

/** What the rail, the title and the icon of the tab show: how many fire, and how bad the worst is. */
export interface Alarm {
  readonly count: number;
  /** null when nothing fires. */
  readonly worst: Severity | null;
}

export function alarmOf({ critical, warning, info }: Pick<Attention, "critical" | "warning" | "info">): Alarm {
  return {
    count: critical + warning + info,
    worst: critical > 0 ? "critical" : warning > 0 ? "warning" : info > 0 ? "info" : null,
  };
}

type Newest = Attention["newest"];

/** Said once when another critical alert has fired; what fired before the page was opened is no news. */
export function announcementOf(before: Newest, now: Newest): string | null {
  if (!now || now.id === before?.id || (before && now.firedAt < before.firedAt)) return null;
  return `Critical: ${now.ruleName}${now.instanceName ? `, ${now.instanceName}` : ""}`;
}
