"use client";

import { useMemo, useState } from "react";
import type { InstanceSummary, OpenAlert } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { AlertRow } from "./AlertRow";
import type { Stand } from "./standing-alert";
import type { AlertDeeds } from "./use-alert-deeds";

interface Props {
  readonly title: string;
  readonly stand: Stand;
  readonly alerts: readonly OpenAlert[];
  readonly instances: readonly InstanceSummary[];
  readonly deeds: AlertDeeds;
  /** The alert whose menu for snoozing is open. */
  readonly snoozing: string | null;
  onSnoozing(id: string | null): void;
  readonly renderedAt: number;
}

/** When a switch dies, a hundred alerts fire: what else is on the page stays in reach. */
const AT_FIRST = 50;

export function AlertList({ title, stand, alerts, instances, snoozing, ...rest }: Props) {
  const [all, setAll] = useState(false);
  const byId = useMemo(() => new Map(instances.map((instance) => [instance.id, instance])), [instances]);
  if (alerts.length === 0) return null;
  const shown = all ? alerts : alerts.slice(0, AT_FIRST);
  return (
    <section aria-labelledby={`alerts-${stand}`}>
      <h2
        id={`alerts-${stand}`}
        className={`mb-2 flex items-center gap-2 text-sm font-semibold ${stand === "pending" ? "text-muted" : ""}`}
      >
        {title}
        <span className="num rounded bg-raised px-1.5 text-2xs leading-4 font-medium text-muted">
          {formatExact(alerts.length)}
        </span>
      </h2>
      <Card padding="none" className="overflow-hidden">
        <ul>
          {shown.map((alert) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              stand={stand}
              instance={byId.get(alert.instanceId)}
              snoozing={snoozing === alert.id}
              {...rest}
            />
          ))}
        </ul>
        {alerts.length > AT_FIRST ? (
          <button
            type="button"
            aria-expanded={all}
            onClick={() => setAll(!all)}
            className="num h-11 w-full border-t border-line text-xs font-medium text-muted transition-colors hover:bg-hover hover:text-ink lg:h-9"
          >
            {all ? `Show the first ${AT_FIRST}` : `Show all ${formatExact(alerts.length)}`}
          </button>
        ) : null}
      </Card>
    </section>
  );
}
