import type { OverrideView, RuleSummary } from "@/components/data/outputs";

/** What turns a plugin's own rule on or off everywhere. People's rules have a switch of their own. */
export type OverrideChange =
  | { readonly kind: "create"; readonly override: Omit<OverrideView, "id"> }
  | { readonly kind: "update"; readonly id: string; readonly override: Omit<OverrideView, "id"> }
  | { readonly kind: "remove"; readonly id: string };

type Subject = Pick<RuleSummary, "rule" | "plugin">;

/** As it is without the overrides of hosts, instances and items. */
export function isOn({ rule, plugin }: Subject, overrides: readonly OverrideView[]): boolean {
  const broad = overrides.filter(({ rule: of, scope }) => (of === rule.id || of === null) && isBroad(scope, plugin));
  const said = [
    ...broad.filter(({ scope }) => scope.kind === "all"),
    ...broad.filter(({ scope }) => scope.kind !== "all"),
  ];
  return said.reduce((on, { set }) => set.enabled ?? on, rule.enabled);
}

/** Nothing where it is so already. */
export function switchRule(subject: Subject, overrides: readonly OverrideView[], on: boolean): OverrideChange | null {
  if (isOn(subject, overrides) === on) return null;
  const { rule, plugin } = subject;
  const mine = overrides.filter(({ rule: of, scope }) => of === rule.id && isBroad(scope, plugin));
  const deciding = mine.find(({ scope, set }) => scope.kind === "plugin" && set.enabled !== undefined);
  const there = deciding ?? mine.find(({ scope }) => scope.kind === "all");
  if (!there)
    return { kind: "create", override: { rule: rule.id, scope: { kind: "all" }, set: { enabled: on }, note: "" } };
  const { id, ...override } = there;
  const { enabled: _, ...rest } = override.set;
  const without = overrides.map((one) => (one.id === id ? { ...one, set: rest } : one));
  // What is as it was before anybody changed it needs nobody to say so.
  const isSaid = isOn(subject, without) !== on;
  if (!isSaid && Object.keys(rest).length === 0) return { kind: "remove", id };
  return { kind: "update", id, override: { ...override, set: isSaid ? { ...rest, enabled: on } : rest } };
}

const isBroad = (scope: OverrideView["scope"], plugin: string | null) =>
  scope.kind === "all" || (scope.kind === "plugin" && scope.plugin === plugin);
