import type { MetricInfo, Rule, SeriesInfo } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { humanName, labelText } from "@/components/names";

/** A rule as a sentence: "Used ratio above 90% for 5 min". */
export function ruleWords(rule: Rule, metric: MetricInfo | undefined): string {
  const { comparison, over, forSeconds } = rule;
  const name = humanName(rule.metric, rule.plugin);
  const where = labelText(rule.where);
  const subject = where === "" ? name : `${name} (${where})`;
  const limit = limitWords(rule, unitOf(rule, metric));
  const lasting = forSeconds > 0 ? ` for ${formatText(forSeconds, "seconds")}` : "";
  if (!over) return `${subject} ${comparison === "equals" ? "is" : comparison} ${limit}${lasting}`;
  const window = formatText(over.seconds, "seconds");
  switch (over.kind) {
    case "increase":
      return `${subject} grows by ${comparison === "above" ? `more than ${limit}` : limit} within ${window}${lasting}`;
    case "changes":
      return `${subject} changes ${comparison === "above" ? `more than ${limit}` : limit} times within ${window}${lasting}`;
    case "forecast":
      return `${subject} will be ${comparison} ${limit} within ${window}, going on as it does${lasting}`;
  }
  return over.kind satisfies never;
}

function limitWords({ threshold, thresholdMetric, times, plugin }: Rule, unit: string): string {
  if (threshold !== null) return formatText(threshold, unit);
  const other = humanName(thresholdMetric ?? "", plugin).toLowerCase();
  return times === 1 ? other : `${formatText(times, "ratio")} of ${other}`;
}

/** Growth is counted in what the metric counts; all else compares what is stored. */
function unitOf({ over, unit }: Rule, metric: MetricInfo | undefined): string {
  if (over?.kind === "increase") return unit;
  if (over?.kind === "changes") return "count";
  return metric?.storedUnit ?? unit;
}

export interface RuleValue {
  /** Of the series that is closest to the limit or furthest beyond it. */
  readonly value: number;
  readonly unit: string;
  /** Its labels in words; "" when there are none. */
  readonly of: string;
  readonly beyond: boolean;
}

/** Where a rule's metric stands now; null when the rule looks at more than a value, or nothing was measured. */
export function ruleValue(rule: Rule, metric: MetricInfo | undefined, series: readonly SeriesInfo[]): RuleValue | null {
  const { comparison, threshold, where, over } = rule;
  if (over || threshold === null) return null;
  const own = series.flatMap(({ metric: name, labels, latest }) =>
    name === rule.metric && latest && Object.entries(where).every(([label, wanted]) => labels[label] === wanted)
      ? [{ labels, value: latest.value }]
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
  return { value: worst.value, unit: metric?.storedUnit ?? rule.unit, of: labelText(worst.labels), beyond };
}
