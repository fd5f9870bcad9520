import type { ChartLimit, TimeBand } from "@/components/charts/paint";
import type { RulePart, RulePreview } from "@/components/data/outputs";
import type { Severity } from "../severity";

export interface Episode {
  readonly instanceId: string;
  readonly from: number;
  readonly to: number | null;
}

/** What is compared is what the chart draws; of anything else a limit is another number. */
const DRAWN = new Set(["last", "avg", "min", "max", "p95"]);

/** The limit lines of a condition's chart. Those of overrides stand beside the rule's own. */
export function limitsOf(part: RulePart, lines: RulePreview["lines"], severity: Severity): ChartLimit[] {
  if (part.kind !== "value" || !DRAWN.has(part.take.kind)) return [];
  const numbers = lines.flatMap(({ limit, ignored }) => (limit === null || ignored ? [] : [limit]));
  const upper = part.is === "outside" && part.upper !== undefined ? [part.upper] : [];
  return [...new Set([...numbers, ...upper])].slice(0, 6).map((value) => ({ value, severity }));
}

/** When a rule would have fired on an instance: stretches that touch are one. */
export function episodeBands(episodes: readonly Episode[], instance: string, severity: Severity): TimeBand[] {
  const bands: { from: number; to: number | null }[] = [];
  const mine = episodes
    .filter(({ instanceId }) => instanceId === instance)
    .toSorted((one, other) => one.from - other.from);
  for (const { from, to } of mine) {
    const last = bands.at(-1);
    if (last && (last.to === null || from <= last.to))
      last.to = last.to === null || to === null ? null : Math.max(last.to, to);
    else bands.push({ from, to });
  }
  return bands.map((band) => ({ ...band, severity, label: "Would have fired" }));
}
