import type { Overview, OverviewInstance } from "@/components/data/outputs";

/** Rates need two runs; what still has no value after three is not about to come. */
const RUNS = 3;
const SLACK_MS = 5_000;

type Settling = Pick<OverviewInstance, "enabled" | "status" | "figures" | "intervalSeconds">;

/** Added a moment ago: its first readings are on their way. @param now epoch milliseconds */
export function isSettling({ enabled, status, figures, intervalSeconds }: Settling, now: number): boolean {
  if (!enabled) return false;
  if (status.health === "unknown") return true;
  const young = now - status.since < intervalSeconds * RUNS * 1_000 + SLACK_MS;
  return young && status.health !== "failing" && figures.some(({ series }) => series.length === 0);
}

/** Lines and strips move on with the minute. */
const USUAL_MS = 60_000;
const SETTLING_MS = 4_000;

/** How soon the page is read again: which series a figure is made of is known only after they were first stored. */
export const rereadMs = (overview: Overview | undefined): number =>
  overview?.instances.some((instance) => isSettling(instance, overview.at)) ? SETTLING_MS : USUAL_MS;
