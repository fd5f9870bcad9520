/** What something's state is. Every place that colours a state takes its class from here, and shows a shape or a word too. */
export type Tone = "ok" | "info" | "warn" | "bad" | "unknown" | "paused";

/** Literal classes: Tailwind generates only what it can read. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  ok: "text-ok",
  info: "text-accent",
  warn: "text-warn",
  bad: "text-bad",
  unknown: "text-idle",
  paused: "text-idle",
};
export const TONE_FILL: Readonly<Record<Tone, string>> = {
  ok: "bg-ok-fill",
  info: "bg-accent",
  warn: "bg-warn-fill",
  bad: "bg-bad-fill",
  unknown: "bg-idle-fill",
  paused: "bg-idle-fill",
};
export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  ok: "bg-ok-soft text-ok",
  info: "bg-accent-soft text-accent",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  unknown: "bg-raised text-muted",
  paused: "bg-raised text-muted",
};
export const TONE_WORD: Readonly<Record<Tone, string>> = {
  ok: "Healthy",
  info: "Information",
  warn: "Warning",
  bad: "Critical",
  unknown: "Unknown",
  paused: "Paused",
};

/** @param health of an instance or host; a paused one is not collected, whatever it was before */
export function toneOfHealth(health: "unknown" | "healthy" | "degraded" | "failing", enabled = true): Tone {
  if (!enabled) return "paused";
  return ({ healthy: "ok", degraded: "warn", failing: "bad", unknown: "unknown" } as const)[health];
}
