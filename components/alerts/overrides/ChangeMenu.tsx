"use client";

import { useMe } from "@/components/account/use-me";
import type { OverrideScope, OverrideView, RuleView } from "@/components/data/outputs";
import { IconButton } from "@/components/ui/IconButton";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { useRuleDeeds } from "../rules/use-rule-deeds";
import type { OverrideTarget } from "./OverrideDialog";

interface Props {
  /** What it is said to change. */
  readonly name: string;
  /** As it is there. */
  readonly rule: RuleView;
  readonly overrides: readonly OverrideView[];
  readonly instance: string;
  onChange(scope: OverrideScope, more: Partial<OverrideTarget>): void;
}

/** What can be done about a rule at one instance. */
export function ChangeMenu({ name, rule, overrides, instance, onChange }: Props) {
  const { apply } = useRuleDeeds();
  const { may } = useMe();
  if (!may("edit")) return null;
  const scope = { kind: "instance", instance } as const;
  const mine = overrides.filter(({ rule: of }) => of === rule.id);
  const here = mine.find((one) => one.scope.kind === "instance" && one.scope.instance === instance);
  const items = mine.filter((one) => one.scope.kind === "item" && one.scope.instance === instance);
  const set = { ...here?.set, enabled: !rule.enabled };
  const override = { rule: rule.id, scope, set, note: here?.note ?? "" };
  const hasItems = rule.parts.some(({ kind }) => kind !== "failing");
  const entries: MenuItem[] = [
    { name: "Change here", icon: "edit", onSelect: () => onChange(scope, here ? { override: here } : {}) },
    {
      name: rule.enabled ? "Ignore here" : "Watch here",
      icon: rule.enabled ? "pause" : "play",
      onSelect: () => apply(here ? { kind: "update", id: here.id, override } : { kind: "create", override }),
    },
    ...(hasItems
      ? [
          {
            name: "Change single items",
            icon: "filter",
            onSelect: () => onChange({ kind: "item", instance, where: [] }, {}),
          } as const,
        ]
      : []),
    ...items.map(
      (one): MenuItem => ({
        name: `Edit ${one.scope.kind === "item" ? one.scope.where.map(({ value }) => value).join(", ") : ""}`.slice(
          0,
          60,
        ),
        icon: "edit",
        onSelect: () => onChange(one.scope, { override: one }),
      }),
    ),
    ...(here
      ? [
          "separator" as const,
          { name: "Reset", icon: "refresh", onSelect: () => apply({ kind: "remove", id: here.id }) } as const,
        ]
      : []),
  ];
  return (
    <span className="relative z-1">
      <Menu trigger={<IconButton icon="more" label={`${name}: change`} />} items={entries} />
    </span>
  );
}
