import { matches } from "../alerts/judge";
import { speaksOf } from "../alerts/overrides";
import { isInScope } from "../alerts/scope";
import type { Override, OverrideScope } from "../alerts/shapes/override";
import type { Matcher, Part, Rule } from "../alerts/shapes/rule";
import type { Instance } from "../collect/instance";
import type { SeriesFacts } from "../metrics/series";

/**
 * What people decided names more than one instance: labels of other ones, above all. What it says of those that are seen is shown, word
 * for word, because it is what their alerts say; what names others is left out.
 */

type SeriesOf = (instances: readonly Instance[]) => readonly SeriesFacts[];

/** As it is for these instances; undefined when it watches none of them. */
export function limitRule(rule: Rule, instances: readonly Instance[], seriesOf: SeriesOf): Rule | undefined {
  // Everybody knows the plugins.
  if (rule.origin === "plugin") return rule;
  const watched = instances.filter((one) => isInScope(rule.scope, one));
  if (watched.length === 0) return undefined;
  if (rule.parts.every((part) => part.kind === "failing" || part.where.length === 0)) return rule;
  const series = seriesOf(watched);
  const parts = rule.parts.flatMap((part) => limitPart(part, series) ?? []);
  const isWhole = parts.length === rule.parts.length;
  return parts.length > 0 && (isWhole || rule.join === "any") ? { ...rule, parts } : undefined;
}

function limitPart(part: Part, series: readonly SeriesFacts[]): Part | undefined {
  if (part.kind === "failing") return part;
  const where = limitMatchers(
    part.where,
    series.filter(({ metric }) => metric === part.metric),
  );
  return where && { ...part, where };
}

/**
 * Without what would only name others: "not" of what none of these series has is always so. Undefined when one of them is never so.
 */
function limitMatchers(where: readonly Matcher[], series: readonly SeriesFacts[]): Matcher[] | undefined {
  const isKnown = (matcher: Matcher) => series.some(({ labels }) => matches(labels, [asserted(matcher)]));
  const known = where.filter(isKnown);
  return where.every((matcher) => isNegated(matcher) || known.includes(matcher)) ? known : undefined;
}

type Op = Pick<Matcher, "op">;
export const isNegated = ({ op }: Op): boolean => op === "is_not" || op === "unlike";
/** The same without its "not". */
export const asserted = <T extends Op>(matcher: T): T =>
  isNegated(matcher) ? { ...matcher, op: matcher.op === "is_not" ? "is" : "like" } : matcher;

/** As it is for what is seen; undefined when it changes nothing of that. */
export function limitOverride(
  override: Override,
  places: {
    readonly seen: readonly Instance[];
    readonly others: readonly Instance[];
    /** Ids of what watches it. */
    rulesOf(instance: Instance): ReadonlySet<string>;
    readonly seriesOf: SeriesOf;
  },
): Override | undefined {
  const { rule, scope, note } = override;
  const changed = places.seen.filter((one) => speaksOf(scope, one) && (rule === null || places.rulesOf(one).has(rule)));
  const limited = changed.length > 0 && limitScope(scope, places.seriesOf(changed));
  if (!limited) return undefined;
  const isOfOthers = places.others.some((one) => speaksOf(scope, one));
  return { ...override, scope: limited, note: isOfOthers ? "" : note };
}

function limitScope(scope: OverrideScope, series: readonly SeriesFacts[]): OverrideScope | undefined {
  if (scope.kind !== "item") return scope;
  const where = limitMatchers(scope.where, series);
  if (where?.length === 0) return { kind: "instance", instance: scope.instance };
  return where && { ...scope, where };
}
