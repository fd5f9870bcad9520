"use client";

import { useState } from "react";
import type { RuleAbout } from "@/components/data/outputs";
import { Badge } from "@/components/ui/Badge";
import { PageHeader } from "@/components/ui/PageHeader";
import { RuleEditor } from "../editor/RuleEditor";
import { NEW_RULE } from "../editor/rule-form";
import { ChangeList } from "../overrides/ChangeList";
import { OverrideDialog, type OverrideTarget } from "../overrides/OverrideDialog";

/** A rule that a person made: its editor, and what was changed for parts of what it watches. */
export function OwnRulePage({ about }: { about: RuleAbout }) {
  const { rule, units, plugin, firing, changes } = about;
  const [target, setTarget] = useState<OverrideTarget | null>(null);
  return (
    <>
      <PageHeader
        title={rule.name}
        parent={{ href: "/alerts/rules", name: "Rules" }}
        facts={
          <>
            {rule.enabled ? null : <Badge tone="paused">off</Badge>}
            {firing > 0 ? <Badge tone="bad">{firing} firing</Badge> : null}
          </>
        }
      />
      <RuleEditor key={JSON.stringify(rule)} summary={about} beginning={NEW_RULE} />
      {changes.length > 0 ? (
        <section aria-labelledby="changes" className="min-w-0">
          <h2 id="changes" className="mb-2 text-sm font-semibold">
            What was changed for parts of it
          </h2>
          <ChangeList
            about={about}
            onEdit={(override) => setTarget({ rule, units, plugin, scope: override.scope, override })}
          />
        </section>
      ) : null}
      {target ? <OverrideDialog target={target} close={() => setTarget(null)} /> : null}
    </>
  );
}
