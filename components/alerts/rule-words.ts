import type { Rule } from "@/components/data/outputs";
import { formatDuration, formatText } from "@/components/format";
import { humanName } from "@/components/names";

type Condition = Pick<
  Rule,
  "metric" | "comparison" | "threshold" | "thresholdMetric" | "times" | "where" | "over" | "forSeconds" | "unit"
>;

/** When a rule fires, as a person says it: "Disk used above 90% for 10 min". Label values in it are hostile text. */
export function ruleWords(rule: Condition): string {
  const name = humanName(rule.metric) + whereWords(rule.where);
  const held = rule.forSeconds > 0 ? ` for ${span(rule.forSeconds)}` : "";
  return `${name} ${comparisonWords(rule)}${held}`;
}

/** What a rule says when it fires; what is not known before stands in brackets: "[mount] on nas is [value] full." */
export function summaryWords(summary: string, instanceName: string | null): string {
  return summary.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    name === "instance" && instanceName !== null ? instanceName : `[${name}]`,
  );
}

function comparisonWords(rule: Condition): string {
  const { over, comparison, unit } = rule;
  if (over === null) {
    if (comparison === "equals") return `is ${thresholdWords(rule)}`;
    if (unit === "bool") return `is ${comparison === "above" ? "yes" : "no"}`;
    return `${comparison} ${thresholdWords(rule)}`;
  }
  const within = `within ${span(over.seconds)}`;
  switch (over.kind) {
    case "increase":
      if (rule.threshold !== 0) return `increased by more than ${thresholdWords(rule)} ${within}`;
      return `${comparison === "below" ? "decreased" : "increased"} ${within}`;
    case "changes":
      return `changed more than ${thresholdWords({ ...rule, unit: "count" })} times ${within}`;
    case "forecast":
      // Nobody waits for the last byte: below one means that it runs out.
      return comparison === "below" && rule.threshold !== null && rule.threshold <= 1
        ? `forecast to run out ${within}`
        : `forecast ${comparison} ${thresholdWords(rule)} ${within}`;
  }
  return over.kind satisfies never;
}

function thresholdWords({ threshold, thresholdMetric, times, unit }: Condition): string {
  if (thresholdMetric === null) return formatText(threshold, unit);
  const other = humanName(thresholdMetric);
  const name = /^[A-Z][a-z]/.test(other) ? other.charAt(0).toLowerCase() + other.slice(1) : other;
  return times === 1 ? `the ${name}` : `${formatText(times, "ratio")} of the ${name}`;
}

function whereWords(where: Rule["where"]): string {
  const parts = Object.entries(where).map(([label, value]) => `${label.replaceAll("_", " ")} ${value}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function span(seconds: number): string {
  const { text, unit } = formatDuration(seconds);
  return unit === "" ? text : `${text} ${unit}`;
}
