"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type AlertBand, alertBands } from "@/components/alerts/alert-bands";
import { type TimeRange, windowOf } from "@/components/data/time-range";
import { useTRPC } from "@/components/data/trpc";
import { serverNow, useClock } from "@/components/ui/use-now";

/** A running window is asked for in steps, so that the same question is not a new one every second. */
const STEPS = 10;
/** More changes in one window than these are no bands any more, but a wall. */
const EVENTS = 1_000;
/** What cannot be asked has bands of its own, by its runs. */
const FAILING = "unity/failing";
const NONE: readonly AlertBand[] = [];

/** When alerts of this instance fired, for the charts of its page. */
export function useAlertBands(instance: string, range: TimeRange): readonly AlertBand[] {
  const trpc = useTRPC();
  const from = useClock(0, (now) => {
    if (range.kind === "fixed") return range.from;
    const step = range.ms / STEPS;
    return Math.max(0, Math.floor((windowOf(range, now || serverNow()).from - step) / step) * step);
  });
  const { data: events } = useQuery(
    trpc.alerts.history.queryOptions(
      { instance, events: ["firing", "resolved"], from: Math.round(from), limit: EVENTS },
      { placeholderData: keepPreviousData },
    ),
  );
  const { data: open } = useQuery(trpc.alerts.open.queryOptions());
  const bands = useMemo(() => {
    if (!events || !open) return NONE;
    const own = open.filter(({ instanceId, ruleId }) => instanceId === instance && ruleId !== FAILING);
    return alertBands(
      events.filter(({ ruleId }) => ruleId !== FAILING),
      own,
      from,
    );
  }, [events, open, instance, from]);
  const key = JSON.stringify(bands);
  // Charts are only drawn anew when a stretch changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the bands.
  return useMemo(() => bands, [key]);
}
