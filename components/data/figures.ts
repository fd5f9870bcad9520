import type { Figure } from "./outputs";

export type Tone = "ok" | "warn" | "bad" | "unknown";
interface Sample {
  readonly at: number;
  readonly value: number;
}

/** A figure's value now, by the rule the server uses for its history. */
export interface FigureValue {
  readonly value: number | null;
  readonly at: number | null;
  /** 0 to 1 where the figure is a meter. */
  readonly fill: number | null;
  readonly tone: Tone;
  readonly stale: boolean;
}

export function evaluateFigure(figure: Figure, latest: ReadonlyMap<number, Sample>, now: number): FigureValue {
  const samples = figure.series.flatMap((id) => latest.get(id) ?? []);
  // A series that has gone (a removed disk) must not hold the figure; one that all are stale with is shown as such.
  const newest = Math.max(0, ...samples.map(({ at }) => at));
  const fresh = samples.filter(({ at }) => newest - at <= figure.staleAfterMs);
  if (fresh.length === 0) return { value: null, at: null, fill: null, tone: "unknown", stale: false };
  const value = combine(
    figure.combine,
    fresh.map((sample) => sample.value),
  );
  const max = maxOf(figure, latest);
  const stale = now - newest > figure.staleAfterMs;
  return {
    value,
    at: newest,
    fill: max === null || max <= 0 ? null : Math.min(1, Math.max(0, value / max)),
    tone: stale ? "unknown" : toneOf(figure, value),
    stale,
  };
}

function maxOf({ max, combine: how }: Figure, latest: ReadonlyMap<number, Sample>): number | null {
  if (!Array.isArray(max)) return max;
  const values = max.flatMap((id) => latest.get(id)?.value ?? []);
  return values.length === 0 ? null : combine(how, values);
}

function toneOf({ warn, bad, lowIsBad }: Figure, value: number): Tone {
  const beyond = (limit: number | null) => limit !== null && (lowIsBad ? value <= limit : value >= limit);
  if (beyond(bad)) return "bad";
  return beyond(warn) ? "warn" : "ok";
}

function combine(how: Figure["combine"], values: readonly number[]): number {
  if (how === "max") return Math.max(...values);
  if (how === "min") return Math.min(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return how === "sum" ? sum : sum / values.length;
}
