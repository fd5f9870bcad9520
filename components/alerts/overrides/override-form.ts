import type { MetricUnits, OverrideScope, OverrideView, RuleView } from "@/components/data/outputs";
import { limitUnit } from "../limit-unit";
import type { Matcher } from "../MatcherRows";
import { amountText, parseAmount } from "../parse-amount";
import type { Severity } from "../severity";

/** An override as it stands in the form: texts as typed, "" is inherited. */
export interface OverrideForm {
  readonly scope: OverrideScope["kind"];
  readonly plugin: string;
  readonly host: string;
  readonly instance: string;
  readonly where: readonly Matcher[];
  readonly state: "" | "on" | "off";
  readonly limit: string;
  readonly upper: string;
  readonly clear: string;
  readonly forSeconds: string;
  readonly keepFiringSeconds: string;
  readonly severity: Severity | "";
  /** Null is inherited; none means that only the routes tell. */
  readonly channels: readonly string[] | null;
  readonly note: string;
}
export type OverrideProblems = Readonly<Partial<Record<keyof OverrideForm | "set", string>>>;

/** The unit of a rule's limit; null where it has no number to change. */
export function unitOfLimit({ parts: [part] }: Pick<RuleView, "parts">, units: MetricUnits): string | null {
  return part?.kind === "value" ? limitUnit(part.take.kind, units[part.metric]) : null;
}

/** @param set of an override that is there, or nothing for a new one */
export function overrideFormOf(
  scope: OverrideScope,
  set: OverrideView["set"],
  { unit, note }: { unit: string; note: string },
): OverrideForm {
  const amount = (value: number | undefined, of = unit) => (value === undefined ? "" : amountText(value, of));
  return {
    scope: scope.kind,
    plugin: scope.kind === "plugin" ? scope.plugin : "",
    host: scope.kind === "host" ? scope.host : "",
    instance: scope.kind === "instance" || scope.kind === "item" ? scope.instance : "",
    where: scope.kind === "item" ? scope.where : [],
    state: set.enabled === undefined ? "" : set.enabled ? "on" : "off",
    limit: amount(set.limit),
    upper: amount(set.upper),
    clear: amount(set.clear),
    forSeconds: amount(set.forSeconds, "seconds"),
    keepFiringSeconds: amount(set.keepFiringSeconds, "seconds"),
    severity: set.severity ?? "",
    channels: set.channels ?? null,
    note,
  };
}

/** @returns what to save, or what is wrong with it, by field */
export function readOverrideForm(
  form: OverrideForm,
  { rule, unit }: { rule: RuleView; unit: string },
): { ok: true; override: Omit<OverrideView, "id"> } | { ok: false; problems: OverrideProblems } {
  const problems: Partial<Record<keyof OverrideForm | "set", string>> = {};
  const amount = (field: "limit" | "upper" | "clear") => {
    const value = parseAmount(form[field], unit);
    if (value !== null && Number.isNaN(value)) problems[field] = "This is no amount of this unit.";
    return value ?? undefined;
  };
  const span = (field: "forSeconds" | "keepFiringSeconds") => {
    const value = parseAmount(form[field], "seconds");
    if (value !== null && !(value >= 0 && value <= LONGEST_SECONDS)) problems[field] = "Type a time of at most a year.";
    return value === null ? undefined : Math.round(value);
  };
  const set = withoutNothing({
    enabled: form.state === "" ? undefined : form.state === "on",
    limit: amount("limit"),
    upper: amount("upper"),
    clear: amount("clear"),
    forSeconds: span("forSeconds"),
    keepFiringSeconds: span("keepFiringSeconds"),
    severity: form.severity || undefined,
    channels: form.channels === null ? undefined : [...form.channels],
  });
  const scope = scopeOf(form);
  if (!scope) problems[form.scope === "item" && form.instance !== "" ? "where" : PLACE[form.scope]] = "Choose one.";
  if (Object.keys(set).length === 0) problems.set = "Change at least one value, or ignore it here.";
  const wrongEnd = endProblem(rule, set);
  if (wrongEnd) problems.clear = wrongEnd;
  if (!scope || Object.keys(problems).length > 0) return { ok: false, problems };
  return { ok: true, override: { rule: rule.id, scope, set, note: form.note.trim() } };
}

const LONGEST_SECONDS = 366 * 86_400;
const PLACE = { all: "scope", plugin: "plugin", host: "host", instance: "instance", item: "instance" } as const;

function scopeOf({ scope, plugin, host, instance, where }: OverrideForm): OverrideScope | null {
  switch (scope) {
    case "all":
      return { kind: "all" };
    case "plugin":
      return plugin === "" ? null : { kind: "plugin", plugin };
    case "host":
      return host === "" ? null : { kind: "host", host };
    case "instance":
      return instance === "" ? null : { kind: "instance", instance };
    case "item": {
      const filled = where.filter(({ label, value }) => label !== "" && value !== "");
      return instance === "" || filled.length === 0 ? null : { kind: "item", instance, where: filled };
    }
    default:
      return scope satisfies never;
  }
}

const withoutNothing = (set: { [K in keyof OverrideView["set"]]: OverrideView["set"][K] | undefined }) =>
  Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as OverrideView["set"];

/** It must be over on the good side of the limit. */
function endProblem({ parts: [part] }: RuleView, { limit, clear }: OverrideView["set"]): string | undefined {
  if (part?.kind !== "value" || clear === undefined) return undefined;
  const against = limit ?? (typeof part.limit === "number" ? part.limit : undefined);
  if (against === undefined) return undefined;
  if (part.is === "above" && clear > against) return "It is over below the limit, not above it.";
  if (part.is === "below" && clear < against) return "It is over above the limit, not below it.";
  return undefined;
}
