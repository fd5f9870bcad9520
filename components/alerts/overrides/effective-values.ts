import type { EffectiveRule, MetricUnits, OverrideView, RuleView } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { humanName } from "@/components/names";
import { limitUnit } from "../limit-unit";
import { spanWords } from "../rule-words";
import { scopeWords } from "../scope-words";
import { WORD_OF } from "../severity";
import { channelWords } from "../tell-words";

const FIELDS = [
  "enabled",
  "limit",
  "upper",
  "clear",
  "forSeconds",
  "keepFiringSeconds",
  "severity",
  "channels",
] as const;
type ShownField = (typeof FIELDS)[number];
/** What needs nothing but the rule to be told. */
export type LocalField = Exclude<ShownField, "channels">;

/** One value of a rule as it is somewhere, and whose it is. */
export interface EffectiveValue {
  readonly field: ShownField;
  readonly text: string;
  /** What the rule itself says. */
  readonly own: string;
  /** "host nas"; null where it is the rule's own. */
  readonly from: string | null;
  readonly override: string | null;
}

interface Known {
  readonly units: MetricUnits;
  readonly overrides: readonly OverrideView[];
  nameOf(instance: string): string;
  channelOf(channel: string): string;
}

/** The values that can be changed for a part of what a rule watches. What a rule does not have is left out. */
export function effectiveValues(
  { rule, own, sources }: EffectiveRule,
  { units, overrides, nameOf, channelOf }: Known,
): EffectiveValue[] {
  const say = (one: RuleView, field: ShownField) => {
    if (field !== "channels") return valueText(one, field, units);
    return rule.channels.length + own.channels.length === 0 ? null : channelWords(one.channels, channelOf);
  };
  return FIELDS.flatMap((field) => {
    const text = say(rule, field);
    if (text === null) return [];
    const override = sources[field]?.override ?? null;
    const scope = overrides.find(({ id }) => id === override)?.scope;
    const from = override === null ? null : scope ? scopeWords(scope, nameOf) : (sources[field]?.kind ?? "");
    return [{ field, text, own: say(own, field) ?? "–", from, override }];
  });
}

/** Null where the rule has no such value. */
export function valueText(rule: RuleView, field: LocalField, units: MetricUnits): string | null {
  const [part] = rule.parts;
  switch (field) {
    case "enabled":
      return rule.enabled ? "on" : "ignored";
    case "limit":
      if (part?.kind !== "value") return null;
      if (typeof part.limit === "number") return formatText(part.limit, unitOf(part, units));
      return `${formatText(part.limit.times, "ratio")} of ${humanName(part.limit.metric)}`;
    case "upper":
      return part?.kind === "value" && part.is === "outside" ? formatText(part.upper, unitOf(part, units)) : null;
    case "clear":
      return part?.kind === "value" && part.clear !== undefined ? formatText(part.clear, unitOf(part, units)) : null;
    case "forSeconds":
      return rule.forSeconds === 0 ? "at once" : spanWords(rule.forSeconds);
    case "keepFiringSeconds":
      return rule.keepFiringSeconds === 0 ? "no longer" : spanWords(rule.keepFiringSeconds);
    case "severity":
      return WORD_OF[rule.severity];
    default:
      return field satisfies never;
  }
}

const unitOf = (part: Extract<RuleView["parts"][number], { kind: "value" }>, units: MetricUnits) =>
  limitUnit(part.take.kind, units[part.metric]);

/** What an override says, as a list of short words: "Limit 95%", "ignored". @param unit of the rule's limit */
export function changeWords(
  { set }: OverrideView,
  { unit, channelOf }: { unit: string } & Pick<Known, "channelOf">,
): string[] {
  const { enabled, limit, upper, clear, forSeconds, keepFiringSeconds, severity, channels } = set;
  return [
    enabled === undefined ? "" : enabled ? "on" : "ignored",
    limit === undefined ? "" : `limit ${formatText(limit, unit)}`,
    upper === undefined ? "" : `upper end ${formatText(upper, unit)}`,
    clear === undefined ? "" : `over at ${formatText(clear, unit)}`,
    forSeconds === undefined ? "" : forSeconds === 0 ? "at once" : `for ${spanWords(forSeconds)}`,
    keepFiringSeconds === undefined ? "" : `keeps firing ${spanWords(keepFiringSeconds)}`,
    severity === undefined ? "" : WORD_OF[severity].toLowerCase(),
    channels === undefined
      ? ""
      : `tells ${channels.length === 0 ? "by the routes only" : channelWords(channels, channelOf)}`,
  ].filter(Boolean);
}
