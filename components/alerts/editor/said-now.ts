import type { MeasuredMetric, MetricUnits, RulePart, RulePreview } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { limitUnit } from "../limit-unit";
import type { RuleForm } from "./rule-form";

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** What a summary can be filled in with. */
export function placesOf({ parts: [part] }: Pick<RuleForm, "parts">, metrics: readonly MeasuredMetric[]): string[] {
  const labels = metrics.find(({ metric }) => metric === part?.metric)?.labels ?? [];
  return ["instance", "host", "value", "limit", ...labels.filter((label) => /^\w+$/.test(label))];
}

/** A summary as it would be said now: of the first series that holds, or else of the first. Collected text. */
export function saidNow(
  summary: string,
  preview: RulePreview | undefined,
  { parts, units }: { parts: readonly RulePart[]; units: MetricUnits },
): string {
  const line = preview?.lines[0];
  return summary.replace(PLACE, (_, name: string) => (line ? filledIn(line, name, { parts, units }) : `[${name}]`));
}

function filledIn(
  line: RulePreview["lines"][number],
  name: string,
  { parts, units }: { parts: readonly RulePart[]; units: MetricUnits },
): string {
  // A label of the same name is what the rule's author saw beside the metric.
  if (Object.hasOwn(line.labels, name)) return line.labels[name] || "–";
  const part = parts[line.part];
  const unit =
    part?.kind === "value"
      ? limitUnit(part.take.kind, units[part.metric])
      : part?.kind === "absent"
        ? "seconds"
        : "count";
  switch (name) {
    case "instance":
      return line.instanceName;
    case "host":
      return line.host;
    case "value":
      return formatText(line.value, unit);
    case "limit":
      return formatText(line.limit, unit);
    default:
      return `[${name}]`;
  }
}
