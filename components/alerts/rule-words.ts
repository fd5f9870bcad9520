import type { MetricUnits, Rule, RulePart, RuleView } from "@/components/data/outputs";
import { formatDuration, formatText } from "@/components/format";
import { humanName } from "@/components/names";
import { limitUnit, type ValuePart } from "./limit-unit";

type OldRule = Pick<
  Rule,
  "metric" | "comparison" | "threshold" | "thresholdMetric" | "times" | "where" | "over" | "forSeconds" | "unit"
>;
type Conditions = Pick<RuleView, "parts" | "join" | "forSeconds">;

/** When a plugin's own rule fires, as a person says it: "Disk used above 90% for 10 min". Label values in it are hostile text. */
export function ruleWords(rule: OldRule): string {
  const { metric, comparison, threshold, thresholdMetric, times, over, unit } = rule;
  const part: ValuePart = {
    kind: "value",
    metric,
    where: Object.entries(rule.where).map(([label, value]) => ({ label, op: "is", value })),
    take: over ?? { kind: "last" },
    is: comparison === "equals" ? "equal" : comparison,
    limit: thresholdMetric === null ? (threshold ?? 0) : { metric: thresholdMetric, times },
  };
  const units = { [metric]: { unit, ownUnit: unit, kind: "gauge" } };
  return conditionWords({ parts: [part], join: "all", forSeconds: rule.forSeconds }, units);
}

/** The same of any rule. @param units of its metrics; one that nobody knows is told as a plain number */
export function conditionWords({ parts, join, forSeconds }: Conditions, units: MetricUnits): string {
  const words = parts.map((part, index) => {
    const text = partWords(part, units);
    return index === 0 ? text : lowerFirst(text);
  });
  const held = forSeconds > 0 ? `${parts.length > 1 ? "," : ""} for ${spanWords(forSeconds)}` : "";
  return words.join(join === "all" ? " and " : " or ") + held;
}

function partWords(part: RulePart, units: MetricUnits): string {
  if (part.kind === "failing") return part.runs === 1 ? "A run failed" : `${part.runs} runs in a row failed`;
  const name = humanName(part.metric) + whereWords(part.where);
  if (part.kind === "absent") return `${name} has said nothing for ${spanWords(part.seconds)}`;
  return `${name} ${valueWords(part, limitUnit(part.take.kind, units[part.metric]))}`;
}

/** When it is over again, where a rule says more than "not so any more". */
export function endWords(
  { parts, keepFiringSeconds }: Pick<RuleView, "parts" | "keepFiringSeconds">,
  units: MetricUnits,
): string {
  const [part] = parts;
  const after = keepFiringSeconds > 0 ? ` for ${spanWords(keepFiringSeconds)}` : "";
  if (parts.length === 1 && part?.kind === "value" && part.clear !== undefined) {
    const clear = formatText(part.clear, limitUnit(part.take.kind, units[part.metric]));
    if (part.is === "above") return `Over once it is ${clear} or less${after}.`;
    if (part.is === "below") return `Over once it is ${clear} or more${after}.`;
    if (part.is === "outside") return `Over once it is ${clear} inside the band${after}.`;
  }
  return after === "" ? "" : `Over once it has not been so${after}.`;
}

/** What a rule says when it fires; what is not known before stands in brackets: "[mount] on nas is [value] full." */
export function summaryWords(summary: string, instanceName: string | null): string {
  return summary.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    name === "instance" && instanceName !== null ? instanceName : `[${name}]`,
  );
}

const LOOKED_AT = {
  avg: (window: string) => `averaged over ${window}`,
  min: (window: string) => `at its lowest within ${window}`,
  max: (window: string) => `at its highest within ${window}`,
  sum: (window: string) => `summed over ${window}`,
  p95: (window: string) => `at its 95th percentile over ${window}`,
} as const;

function valueWords(part: ValuePart, unit: string): string {
  const { take } = part;
  switch (take.kind) {
    case "last":
      return compareWords(part, unit);
    case "avg":
    case "min":
    case "max":
    case "sum":
    case "p95":
      return `${LOOKED_AT[take.kind](spanWords(take.seconds))} ${compareWords(part, unit)}`;
    case "increase":
      return `${increaseWords(part, unit)} within ${spanWords(take.seconds)}`;
    case "changes":
      return `changed ${amountWords(part, unit)} times within ${spanWords(take.seconds)}`;
    case "rate":
      return `${rateWords(part, unit)} over ${spanWords(take.seconds)}`;
    case "forecast":
      // Nobody waits for the last byte: below one means that it runs out.
      return part.is === "below" && typeof part.limit === "number" && part.limit <= 1
        ? `forecast to run out within ${spanWords(take.seconds)}`
        : `forecast ${compareWords(part, unit)} within ${spanWords(take.seconds)}`;
    case "ratio":
      return `${compareWords(part, unit)} of what is usual at this hour (${take.days} days)`;
    case "score":
      return `${scoreWords(part)} what is usual at this hour (${take.days} days)`;
    default:
      return take satisfies never;
  }
}

function compareWords(part: ValuePart, unit: string): string {
  const { is, limit, upper } = part;
  if (unit === "bool" && typeof limit === "number") {
    if (is === "above") return "is yes";
    if (is === "below") return "is no";
  }
  switch (is) {
    case "above":
    case "below":
      return `${is} ${limitWords(limit, unit)}`;
    case "equal":
      return `is ${limitWords(limit, unit)}`;
    case "unequal":
      return `is not ${limitWords(limit, unit)}`;
    case "outside":
      return `outside ${limitWords(limit, unit)} to ${formatText(upper, unit)}`;
    default:
      return is satisfies never;
  }
}

function increaseWords(part: ValuePart, unit: string): string {
  if (part.limit === 0 && part.is === "below") return "decreased";
  if (part.limit === 0 && part.is === "above") return "increased";
  return `increased by ${amountWords(part, unit)}`;
}

function rateWords(part: ValuePart, unit: string): string {
  const { is, limit } = part;
  if (is === "below" && typeof limit === "number" && limit < 0)
    return `falling by more than ${formatText(-limit, unit)} a second`;
  return `rising by ${amountWords(part, unit)} a second`;
}

function scoreWords({ is, limit, upper }: ValuePart): string {
  if (typeof limit === "number" && is === "above") return `more than ${count(limit)} deviations above`;
  if (typeof limit === "number" && is === "below") return `more than ${count(-limit)} deviations below`;
  return `${is} ${limitWords(limit, "count")}${is === "outside" ? ` to ${count(upper ?? 0)}` : ""} deviations from`;
}
const count = (value: number) => formatText(value, "count");

/** "more than 3", for what has been counted. */
function amountWords({ is, limit, upper }: ValuePart, unit: string): string {
  const text = limitWords(limit, unit);
  switch (is) {
    case "above":
      return `more than ${text}`;
    case "below":
      return `less than ${text}`;
    case "equal":
      return `exactly ${text}`;
    case "unequal":
      return `other than ${text}`;
    case "outside":
      return `less than ${text} or more than ${formatText(upper, unit)}`;
    default:
      return is satisfies never;
  }
}

function limitWords(limit: ValuePart["limit"], unit: string): string {
  if (typeof limit === "number") return formatText(limit, unit);
  const name = lowerFirst(humanName(limit.metric));
  return limit.times === 1 ? `the ${name}` : `${formatText(limit.times, "ratio")} of the ${name}`;
}

/** "CPU usage" stays as it is. */
const lowerFirst = (text: string) =>
  /^[A-Z][a-z]|^A /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

const OPERATORS = { is: "", is_not: "not ", like: "like ", unlike: "not like " } as const;

function whereWords(where: ValuePart["where"]): string {
  const parts = where.map(({ label, op, value }) => `${label.replaceAll("_", " ")} ${OPERATORS[op]}${value || '""'}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

export function spanWords(seconds: number): string {
  const { text, unit } = formatDuration(seconds);
  return unit === "" ? text : `${text} ${unit}`;
}
