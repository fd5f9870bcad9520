import type { InstanceSummary } from "@/components/data/outputs";
import type { Tone } from "@/components/ui/tones";

/** What an instance's health comes to for its viewer: a paused one is not collected, whatever it was before. */
export const STATES = ["failing", "degraded", "healthy", "unknown", "paused"] as const;
export type State = (typeof STATES)[number];

type Stated = Pick<InstanceSummary, "enabled" | "maintenance"> & {
  readonly status: Pick<InstanceSummary["status"], "health">;
};

export const stateOf = ({ enabled, maintenance, status }: Stated): State =>
  enabled && maintenance === null ? status.health : "paused";

export const STATE_WORD: Readonly<Record<State, string>> = {
  failing: "Failing",
  degraded: "Degraded",
  healthy: "Healthy",
  unknown: "No reading yet",
  paused: "Paused",
};
export const STATE_TONE: Readonly<Record<State, Tone>> = {
  failing: "bad",
  degraded: "warn",
  healthy: "ok",
  unknown: "unknown",
  paused: "paused",
};

/** In a word; what is not asked for a while says that it is no person who paused it. */
export const stateWord = (instance: Stated): string =>
  instance.enabled && instance.maintenance !== null ? "In maintenance" : STATE_WORD[stateOf(instance)];
