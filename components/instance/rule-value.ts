import type { MetricInfo, Rule, SeriesInfo } from "@/components/data/outputs";
import { tellingLabel } from "./telling-label";

export interface RuleValue {
  /** Of the series that is closest to the limit or furthest beyond it. */
  readonly value: number;
  /** The label that says which it is; "" when there is none. */
  readonly of: string;
  readonly beyond: boolean;
}

/** Where a rule's metric stands now; null when the rule looks at more than a value, or nothing was measured. */
export function ruleValue(rule: Rule, series: readonly SeriesInfo[], metrics: readonly MetricInfo[]): RuleValue | null {
  const { comparison, threshold, where, over } = rule;
  if (over || threshold === null) return null;
  const own = series.flatMap(({ metric: name, labels, latest }) =>
    name === rule.metric && latest && Object.entries(where).every(([label, wanted]) => labels[label] === wanted)
      ? [{ metric: name, labels, value: latest.value }]
      : [],
  );
  const [first, ...others] = own;
  if (!first) return null;
  const distance = (value: number) =>
    comparison === "equals" ? -Math.abs(value - threshold) : comparison === "above" ? value : -value;
  const worst = others.reduce((top, one) => (distance(one.value) > distance(top.value) ? one : top), first);
  const beyond =
    comparison === "equals"
      ? worst.value === threshold
      : comparison === "above"
        ? worst.value > threshold
        : worst.value < threshold;
  return { value: worst.value, of: tellingLabel(worst, metrics), beyond };
}
