"use client";

import { useState } from "react";
import { useMe } from "@/components/account/use-me";
import type { OverrideScope, RuleAbout } from "@/components/data/outputs";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Card, CardTitle } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Switch } from "@/components/ui/Switch";
import { ChangeList } from "../overrides/ChangeList";
import { OverrideDialog, type OverrideTarget } from "../overrides/OverrideDialog";
import { RuleInstances } from "../overrides/RuleInstances";
import { conditionWords, endWords, summaryWords } from "../rule-words";
import { TONE_OF, WORD_OF } from "../severity";
import { isOn } from "./rule-switch";
import { useRuleDeeds } from "./use-rule-deeds";

/** A rule that comes with a plugin: it cannot be edited, but changed for everything or a part of it; or any rule, to read. */
export function PluginRulePage({ about }: { about: RuleAbout }) {
  const [target, setTarget] = useState<OverrideTarget | null>(null);
  const { turn } = useRuleDeeds();
  const { may } = useMe();
  const { rule, plugin, pluginName, units, changes } = about;
  const on = isOn(about, changes);
  const open = (scope: OverrideScope, more: Partial<OverrideTarget> = {}) =>
    setTarget({ rule, units, plugin, scope, ...more });
  return (
    <>
      <PageHeader
        title={rule.name}
        parent={{ href: "/alerts/rules", name: "Rules" }}
        facts={
          <>
            <Badge tone={TONE_OF[rule.severity]} shape>
              {WORD_OF[rule.severity]}
            </Badge>
            {rule.origin === "plugin" ? <bdi>{pluginName ?? "Every instance"}</bdi> : <Badge>made here</Badge>}
            {may("edit") || on ? null : <Badge tone="paused">off</Badge>}
          </>
        }
        actions={
          may("edit") ? (
            <>
              <Switch label={on ? "On" : "Off"} checked={on} onChange={(next) => turn(about, changes, next)} />
              <Button
                icon="edit"
                onClick={() => open({ kind: plugin === null ? "all" : "plugin", ...pluginOf(plugin) })}
              >
                Change
              </Button>
            </>
          ) : null
        }
      />
      <AboutCard about={about} />
      <section aria-labelledby="changes" className="min-w-0">
        <h2 id="changes" className="mb-2 text-sm font-semibold">
          What was changed
        </h2>
        <ChangeList about={about} onEdit={(override) => open(override.scope, { override })} />
      </section>
      <section aria-labelledby="instances" className="min-w-0">
        <h2 id="instances" className="mb-2 text-sm font-semibold">
          What it watches
        </h2>
        {about.instances.length === 0 ? (
          <Card padding="none">
            <EmptyState icon="instances" title="No instance has it">
              It comes with the next one of its plugin.
            </EmptyState>
          </Card>
        ) : (
          <RuleInstances about={about} onChange={open} />
        )}
      </section>
      {target ? <OverrideDialog target={target} close={() => setTarget(null)} /> : null}
    </>
  );
}

const pluginOf = (plugin: string | null) => (plugin === null ? {} : { plugin }) as { plugin: string };

function AboutCard({ about: { rule, units, differs } }: { about: RuleAbout }) {
  const end = endWords(rule, units);
  return (
    <Card>
      <CardTitle>It fires when</CardTitle>
      <p className="num text-base font-medium text-pretty">
        <bdi>{conditionWords(rule, units)}</bdi>
      </p>
      <p className="mt-1 text-sm text-pretty text-muted">
        {end === "" ? null : `${end} `}
        It says: <bdi>{summaryWords(rule.summary, null)}</bdi>
      </p>
      {rule.note ? (
        <p className="mt-2 text-sm break-words whitespace-pre-line">
          <bdi>{rule.note}</bdi>
        </p>
      ) : null}
      {differs ? (
        <p className="mt-1 text-sm text-muted">
          The settings of its instances decide its values: these are those of the first.
        </p>
      ) : null}
    </Card>
  );
}
