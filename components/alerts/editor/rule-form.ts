import type { MetricUnits, RuleDraftInput, RulePart, RuleView } from "@/components/data/outputs";
import { limitUnit, type TakeKind, type ValuePart } from "../limit-unit";
import type { Matcher } from "../MatcherRows";
import { amountText, parseAmount } from "../parse-amount";
import { type LabelRow, labelRowsOf, readLabelRows } from "./label-rows";
import { readPart } from "./read-part";

/** A condition as it stands in the form: all that its kinds need, amounts as typed. */
export interface PartForm {
  readonly kind: RulePart["kind"];
  readonly metric: string;
  readonly where: readonly Matcher[];
  readonly take: TakeKind;
  readonly window: string;
  readonly days: string;
  readonly is: ValuePart["is"];
  readonly against: "number" | "metric";
  readonly limit: string;
  readonly upper: string;
  readonly clear: string;
  readonly limitMetric: string;
  readonly times: string;
  readonly silent: string;
  readonly runs: string;
}
export interface RuleForm
  extends Pick<RuleView, "enabled" | "join" | "whenGone" | "severity" | "note" | "runbook" | "channels"> {
  readonly labels: readonly LabelRow[];
  readonly name: string;
  readonly scope: RuleView["scope"]["kind"];
  /** Of the scope: a plugin, a host, a tag or an instance. */
  readonly scopeOf: string;
  readonly parts: readonly PartForm[];
  readonly forSeconds: string;
  readonly keepFiringSeconds: string;
  readonly summary: string;
}
/** By the server's names of the fields: "parts.0.limit". */
export type RuleProblems = Readonly<Record<string, string>>;

export const NEW_PART: PartForm = {
  kind: "value",
  metric: "",
  where: [],
  take: "last",
  window: "10 min",
  days: "7",
  is: "above",
  against: "number",
  limit: "",
  upper: "",
  clear: "",
  limitMetric: "",
  times: "100 %",
  silent: "5 min",
  runs: "3",
};
export const NEW_RULE: RuleForm = {
  name: "",
  enabled: true,
  scope: "all",
  scopeOf: "",
  parts: [NEW_PART],
  join: "all",
  forSeconds: "5 min",
  keepFiringSeconds: "",
  whenGone: "resolve",
  severity: "warning",
  summary: "",
  note: "",
  runbook: "",
  labels: [],
  channels: [],
};
export const MOST_PARTS = 8;
const LONGEST_SECONDS = 366 * 86_400;

/** A new rule from a chart: `?instance=..&metric=..&label.mount=..`. */
export function ruleFormOfAddress(params: Iterable<readonly [string, string]>): RuleForm {
  const given = [...params];
  const text = (name: string) => given.find(([key]) => key === name)?.[1] ?? "";
  const where = given.flatMap(([key, value]): Matcher[] =>
    key.startsWith("label.") && key.length > 6 ? [{ label: key.slice(6), op: "is", value }] : [],
  );
  const instance = text("instance");
  return {
    ...NEW_RULE,
    ...(instance === "" ? {} : { scope: "instance", scopeOf: instance }),
    parts: [{ ...NEW_PART, metric: text("metric"), where }],
  };
}

export function ruleFormOf(rule: RuleView, units: MetricUnits): RuleForm {
  const { id: _, origin: __, scope, parts, forSeconds, keepFiringSeconds, ...rest } = rule;
  return {
    ...rest,
    scope: scope.kind,
    scopeOf: scopeValue(scope),
    parts: parts.map((part) => partFormOf(part, units)),
    labels: labelRowsOf(rule.labels),
    forSeconds: spanText(forSeconds),
    keepFiringSeconds: spanText(keepFiringSeconds),
  };
}

const spanText = (seconds: number) => (seconds === 0 ? "" : amountText(seconds, "seconds"));

function scopeValue(scope: RuleView["scope"]): string {
  switch (scope.kind) {
    case "all":
      return "";
    case "plugin":
      return scope.plugin;
    case "host":
      return scope.host;
    case "tag":
      return scope.tag;
    case "instance":
      return scope.instance;
    default:
      return scope satisfies never;
  }
}

function partFormOf(part: RulePart, units: MetricUnits): PartForm {
  if (part.kind === "failing") return { ...NEW_PART, kind: "failing", runs: String(part.runs) };
  const { kind, metric, where } = part;
  if (kind === "absent") return { ...NEW_PART, kind, metric, where, silent: amountText(part.seconds, "seconds") };
  const { take, is, limit, upper, clear } = part;
  const unit = limitUnit(take.kind, units[metric]);
  const amount = (value: number | undefined) => (value === undefined ? "" : amountText(value, unit));
  return {
    ...NEW_PART,
    ...{ kind, metric, where, is, take: take.kind },
    ...("seconds" in take ? { window: amountText(take.seconds, "seconds") } : {}),
    ...("days" in take ? { days: String(take.days) } : {}),
    ...(typeof limit === "number"
      ? { limit: amount(limit) }
      : { against: "metric", limitMetric: limit.metric, times: amountText(limit.times, "ratio") }),
    upper: amount(upper),
    clear: amount(clear),
  };
}

export interface ReadRule {
  readonly problems: RuleProblems;
  /** Null while the form holds no rule. */
  readonly draft: RuleDraftInput | null;
  /** What can be looked at already: the scope and the conditions are whole. */
  readonly watched: Pick<RuleView, "scope" | "parts" | "join" | "forSeconds" | "keepFiringSeconds"> | null;
}

/** @param suggested what stands in where name and summary are left empty */
export function readRuleForm(
  form: RuleForm,
  units: MetricUnits,
  suggested: { readonly name: string; readonly summary: string },
): ReadRule {
  const problems: Record<string, string> = {};
  const parts = form.parts.flatMap((part, index) => {
    const read = readPart(part, units);
    for (const [field, text] of Object.entries(read.problems)) problems[`parts.${index}.${field}`] = text;
    return read.part ?? [];
  });
  const scope = readScope(form);
  if (!scope) problems.scopeOf = "Choose one.";
  const partsAreWhole = Object.keys(problems).length === 0;
  const forSeconds = readSpan(form.forSeconds);
  const keepFiringSeconds = readSpan(form.keepFiringSeconds);
  if (forSeconds === null) problems.forSeconds = "Type a time of at most a year.";
  if (keepFiringSeconds === null) problems.keepFiringSeconds = "Type a time of at most a year.";
  if (form.runbook !== "" && !/^https?:\/\/[^\s/]/.test(form.runbook.trim()))
    problems.runbook = "Type an address that begins with https:// or http://.";
  const { labels, problem } = readLabelRows(form.labels);
  if (problem) problems.labels = problem;
  const watched =
    scope && partsAreWhole
      ? { scope, parts, join: form.join, forSeconds: forSeconds ?? 0, keepFiringSeconds: keepFiringSeconds ?? 0 }
      : null;
  if (!watched || Object.keys(problems).length > 0) return { problems, draft: null, watched };
  const { enabled, whenGone, severity, note, channels } = form;
  return {
    problems,
    watched,
    draft: {
      ...watched,
      ...{ enabled, whenGone, severity, note, labels },
      channels: [...channels],
      name: form.name.trim() || suggested.name,
      summary: form.summary.trim() || suggested.summary,
      runbook: form.runbook.trim(),
    },
  };
}

function readSpan(text: string): number | null {
  const seconds = parseAmount(text, "seconds") ?? 0;
  return seconds >= 0 && seconds <= LONGEST_SECONDS ? Math.round(seconds) : null;
}

function readScope({ scope, scopeOf }: RuleForm): RuleView["scope"] | null {
  if (scope === "all") return { kind: "all" };
  if (scopeOf === "") return null;
  switch (scope) {
    case "plugin":
      return { kind: "plugin", plugin: scopeOf };
    case "host":
      return { kind: "host", host: scopeOf };
    case "tag":
      return { kind: "tag", tag: scopeOf };
    case "instance":
      return { kind: "instance", instance: scopeOf };
    default:
      return scope satisfies never;
  }
}
