import type { DeliveryView } from "@/components/data/outputs";
import type { Tone } from "@/components/ui/tones";

export type DeliveryState = DeliveryView["state"];
export const DELIVERY_STATES = ["failed", "waiting", "sending", "sent", "dropped"] as const satisfies DeliveryState[];

const TONES: Readonly<Record<DeliveryState, Tone>> = {
  sent: "ok",
  sending: "unknown",
  waiting: "unknown",
  failed: "bad",
  dropped: "paused",
};
export const STATE_WORDS: Readonly<Record<DeliveryState, string>> = {
  sent: "Delivered",
  sending: "Being sent",
  waiting: "Waiting",
  failed: "Failed",
  dropped: "Not sent",
};

/** How a message stands: one that was refused and is tried again is not like one that waits for its time. */
export function standOf({ state, attempts }: Pick<DeliveryView, "state" | "attempts">): { tone: Tone; word: string } {
  if (state === "waiting" && attempts > 0) return { tone: "warn", word: "Tried again" };
  return { tone: TONES[state], word: STATE_WORDS[state] };
}

/** Whether a person can have it sent now. */
export const canRetry = ({ state }: Pick<DeliveryView, "state">): boolean =>
  state === "failed" || state === "waiting" || state === "dropped";

/** "3 attempts"; "" of what went at once. */
export const attemptWords = (attempts: number): string => (attempts > 1 ? `${attempts} attempts` : "");
