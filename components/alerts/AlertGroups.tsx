"use client";

import { useState } from "react";
import type { InstanceSummary, OpenAlert } from "@/components/data/outputs";
import { useNow } from "@/components/ui/use-now";
import { AlertList } from "./AlertList";
import { groupAlerts } from "./standing-alert";
import { useAlertDeeds } from "./use-alert-deeds";
import { useRowKeys } from "./use-row-keys";

interface Props {
  readonly open: readonly OpenAlert[];
  readonly instances: readonly InstanceSummary[];
  readonly renderedAt: number;
}

/** Open alerts: what nobody knows of yet, what is taken note of, and what may come. */
export function AlertGroups({ open, instances, renderedAt }: Props) {
  const groups = groupAlerts(open, useNow(renderedAt));
  const [snoozing, setSnoozing] = useState<string | null>(null);
  const deeds = useAlertDeeds();
  useRowKeys({
    acknowledge: (id) => {
      const alert = open.find((one) => one.id === id);
      if (alert?.acknowledged) deeds.unacknowledge(alert);
      else if (alert) deeds.acknowledge(alert, "over");
    },
    snooze: setSnoozing,
  });
  const shared = { instances, deeds, snoozing, onSnoozing: setSnoozing, renderedAt };
  return (
    <>
      <AlertList title="Firing" stand="loud" alerts={groups.loud} {...shared} />
      <AlertList title="Taken note of" stand="quiet" alerts={groups.quiet} {...shared} />
      <AlertList title="Pending" stand="pending" alerts={groups.pending} {...shared} />
    </>
  );
}
