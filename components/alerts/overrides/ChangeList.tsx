"use client";

import { useMe } from "@/components/account/use-me";
import type { OverrideView, RuleAbout } from "@/components/data/outputs";
import { Card } from "@/components/ui/Card";
import { IconButton } from "@/components/ui/IconButton";
import { useRuleDeeds } from "../rules/use-rule-deeds";
import { scopeWords } from "../scope-words";
import { useChannels } from "../use-channels";
import { useInstanceName } from "../use-instance-name";
import { changeWords } from "./effective-values";
import { unitOfLimit } from "./override-form";

interface Props {
  readonly about: RuleAbout;
  onEdit(override: OverrideView): void;
}

const RANK = ["all", "plugin", "host", "instance", "item"] as const;

/** What people changed of a rule, the widest first: what stands below wins. */
export function ChangeList({ about, onEdit }: Props) {
  const nameOf = useInstanceName();
  const channelOf = useChannels().nameOf;
  const { apply, busy } = useRuleDeeds();
  const { may } = useMe();
  const unit = unitOfLimit(about.rule, about.units) ?? "count";
  if (about.changes.length === 0)
    return (
      <p className="text-sm text-muted">
        {about.rule.origin === "plugin"
          ? "Nothing: it is everywhere as its plugin has it."
          : "Nothing: it is everywhere the same."}
      </p>
    );
  const sorted = about.changes.toSorted((one, other) => RANK.indexOf(one.scope.kind) - RANK.indexOf(other.scope.kind));
  return (
    <Card padding="none" className="overflow-hidden">
      <ul>
        {sorted.map((override) => {
          const place = scopeWords(override.scope, nameOf);
          return (
            <li
              key={override.id}
              data-row
              className="flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover"
            >
              <div className="min-w-0 flex-1">
                <p className="text-sm">
                  <bdi className="font-medium first-letter:uppercase">{place}</bdi>
                  <span className="num ms-2 text-muted">{changeWords(override, { unit, channelOf }).join(", ")}</span>
                </p>
                {override.note || override.rule === null ? (
                  <p className="text-xs break-words text-muted">
                    {override.rule === null ? "Of all rules. " : null}
                    <bdi>{override.note}</bdi>
                  </p>
                ) : null}
              </div>
              {override.rule === null || !may("edit") ? null : (
                <IconButton icon="edit" label={`Edit the change for ${place}`} onClick={() => onEdit(override)} />
              )}
              {may("edit") ? (
                <IconButton
                  icon="remove"
                  label={`Take back the change for ${place}`}
                  disabled={busy}
                  onClick={() => apply({ kind: "remove", id: override.id })}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
