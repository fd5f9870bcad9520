import type { Labels } from "../../plugins/sdk/plugin";
import { matches } from "./judge";
import { OVERRIDABLE, type Overridable, type Override, type OverrideScope, type Source } from "./shapes/override";
import type { Rule } from "./shapes/rule";
import type { Watched } from "./watched";

export interface Effective {
  readonly rule: Rule;
  /** As it is without overrides. */
  readonly own: Rule;
  readonly sources: Readonly<Partial<Record<Overridable, Source>>>;
}

const RANK: Readonly<Record<OverrideScope["kind"], number>> = { all: 0, plugin: 1, host: 2, instance: 3, item: 4 };

/** The rule as it is for one series. `overrides` in the order they were made: of two that are as specific, the later wins. */
export function applyOverrides(
  rule: Rule,
  overrides: readonly Override[],
  instance: Watched,
  labels: Labels,
): Effective {
  const mine = overrides
    .filter((one) => (one.rule === null || one.rule === rule.id) && covers(one.scope, instance, labels))
    .toSorted((one, other) => RANK[one.scope.kind] - RANK[other.scope.kind]);
  if (mine.length === 0) return { rule, own: rule, sources: {} };
  let changed: Rule = rule;
  const sources: Partial<Record<Overridable, Source>> = {};
  for (const { id, scope, set } of mine) {
    changed = change(changed, set);
    for (const field of OVERRIDABLE) if (set[field] !== undefined) sources[field] = { kind: scope.kind, override: id };
  }
  return { rule: changed, own: rule, sources };
}

const covers = (scope: OverrideScope, instance: Watched, labels: Labels): boolean =>
  speaksOf(scope, instance) && (scope.kind !== "item" || matches(labels, scope.where));

/** Whether it changes anything of an instance, be it of single items. */
export function speaksOf(scope: OverrideScope, instance: Watched): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "plugin":
      return scope.plugin === instance.plugin;
    case "host":
      return scope.host === instance.host;
    case "instance":
    case "item":
      return scope.instance === instance.id;
    default:
      return scope satisfies never;
  }
}

/** A limit is the first condition's: a rule of several is changed as a whole. */
function change(rule: Rule, set: Override["set"]): Rule {
  const { limit, upper, clear, ...plain } = set;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const [first, ...others] = rule.parts;
  if (first?.kind !== "value" || (limit === undefined && upper === undefined && clear === undefined))
    return { ...rule, ...given };
  // A limit of one's own makes the rule's end of it meaningless, unless that is set as well.
  const ends = limit === undefined ? (clear ?? first.clear) : clear;
  const { clear: _, ...rest } = first;
  const part = {
    ...rest,
    ...(limit === undefined ? {} : { limit }),
    ...(upper === undefined ? {} : { upper }),
    ...(ends === undefined ? {} : { clear: ends }),
  };
  return { ...rule, ...given, parts: [part, ...others] };
}
