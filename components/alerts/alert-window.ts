import type { TimeRange } from "@/components/data/time-range";

const MINUTE_MS = 60_000;
/** Before it began, so much at least: what led to it. */
const LEAST_MS = 30 * MINUTE_MS;

/** The window of an alert's chart: all of it, with as much around it as it takes to see what was usual. @param at the server's now */
export function alertWindow({ began, ended, at }: { began: number; ended: number | null; at: number }): TimeRange {
  if (ended === null) {
    const lasted = Math.max(0, at - began);
    return { kind: "last", ms: Math.ceil((lasted * 1.25 + LEAST_MS) / MINUTE_MS) * MINUTE_MS };
  }
  const around = Math.max(LEAST_MS / 2, (ended - began) / 2);
  return { kind: "fixed", from: Math.round(began - around), to: Math.round(Math.min(at, ended + around)) };
}
