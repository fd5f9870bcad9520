import type { MeasuredMetric, MetricUnits } from "@/components/data/outputs";
import { humanName } from "@/components/names";
import { conditionWords } from "../rule-words";
import { readPart } from "./read-part";
import type { RuleForm } from "./rule-form";

const LONGEST_NAME = 191;

/** What a rule is called and says where nobody typed it. */
export function suggestRule(
  form: RuleForm,
  units: MetricUnits,
  measured: readonly MeasuredMetric[],
): { name: string; summary: string } {
  const parts = form.parts.flatMap((part) => readPart(part, units).part ?? []);
  const name = conditionWords({ parts, join: form.join, forSeconds: 0 }, units).slice(0, LONGEST_NAME);
  return { name: name || "New rule", summary: suggestSummary(form, measured) };
}

function suggestSummary({ parts: [part] }: RuleForm, measured: readonly MeasuredMetric[]): string {
  if (!part || part.kind === "failing") return "{{instance}} could not be asked";
  if (part.metric === "") return "{{instance}} needs a look";
  const label = measured.find(({ metric }) => metric === part.metric)?.labels[0];
  const subject = label === undefined ? "{{instance}}" : `{{instance}} {{${label}}}`;
  const name = humanName(part.metric);
  const said = /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  return part.kind === "absent" ? `${subject}: ${said} has said nothing` : `${subject}: ${said} is {{value}}`;
}
