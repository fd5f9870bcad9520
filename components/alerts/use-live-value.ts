"use client";

import { useEffect, useState } from "react";
import { useLive } from "@/components/data/live";
import type { OpenAlert } from "@/components/data/outputs";

/** Of what is over, no series is said. */
type Watched = Pick<OpenAlert, "value"> & Partial<Pick<OpenAlert, "series">>;

/** An alert's value as it is measured, where it is that of one series; what else is compared is read with the alert. */
export function useLiveValue(alert: Watched): number | null {
  const { series = null } = alert;
  const { listen } = useLive();
  const [heard, setHeard] = useState<{ readonly of: Watched; readonly value: number }>();
  useEffect(() => {
    if (series === null) return;
    return listen((message) => {
      const index = message.series.indexOf(series);
      const value = message.values[index];
      if (index >= 0 && value !== undefined) setHeard({ of: alert, value });
    });
  }, [listen, series, alert]);
  // Whatever was read later is newer.
  return heard?.of === alert ? heard.value : alert.value;
}
