"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { AlertDetail } from "@/components/data/outputs";
import { Card, CardTitle } from "@/components/ui/Card";
import { Icon } from "@/components/ui/icons";
import type { Head } from "./AlertHeader";
import { EffectiveText } from "./overrides/EffectiveText";
import { effectiveValues } from "./overrides/effective-values";
import { ruleHref } from "./rule-href";
import { conditionWords, endWords } from "./rule-words";
import { useChannels } from "./use-channels";
import { useInstanceName } from "./use-instance-name";

interface Props {
  readonly detail: AlertDetail;
  readonly head: Head;
}

const NAMES = {
  enabled: "Watched",
  limit: "Limit",
  upper: "Upper end",
  clear: "Over at",
  forSeconds: "Must hold for",
  keepFiringSeconds: "Keeps firing",
  severity: "Severity",
  channels: "Tells",
} as const;

/** The rule as it is now for this instance and item, in words, and where each of its values comes from. */
export function RuleCard({ detail, head }: Props) {
  const { rule: effective, units, overrides } = detail;
  const nameOf = useInstanceName();
  const channelOf = useChannels().nameOf;
  if (!effective)
    return (
      <Card className="order-2">
        <CardTitle>The rule</CardTitle>
        <p className="text-sm text-pretty text-muted">
          “<bdi>{head.ruleName}</bdi>” is not there any more, or does not look at this any more.
        </p>
      </Card>
    );
  const { rule } = effective;
  const end = endWords(rule, units);
  return (
    <Card className="order-2">
      <CardTitle
        aside={
          <Link href={ruleHref(rule.id)} className="hover:text-ink hover:underline">
            Open the rule
          </Link>
        }
      >
        Why it fires
      </CardTitle>
      <p className="text-sm text-pretty break-words">
        <bdi>{conditionWords(rule, units)}</bdi>.{end === "" ? null : <span className="text-muted"> {end}</span>}
      </p>
      <dl className="mt-3 border-t border-line pt-1">
        <Line name="Rule">
          <bdi className="min-w-0 font-medium break-words">{rule.name}</bdi>
        </Line>
        {effectiveValues(effective, { units, overrides, nameOf, channelOf }).map((value) =>
          value.field === "enabled" && rule.enabled ? null : (
            <Line key={value.field} name={NAMES[value.field]}>
              <EffectiveText value={value} />
            </Line>
          ),
        )}
      </dl>
      {rule.note ? (
        <p className="mt-2 border-t border-line pt-3 text-sm break-words whitespace-pre-line">
          <bdi>{rule.note}</bdi>
        </p>
      ) : null}
      {rule.runbook ? (
        <a
          href={rule.runbook}
          target="_blank"
          rel="noreferrer noopener"
          title={rule.runbook}
          className="mt-3 inline-flex max-w-full items-center gap-1.5 text-sm font-medium text-accent hover:underline"
        >
          <Icon name="external" size={14} />
          Runbook
        </a>
      ) : null}
    </Card>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] items-baseline gap-x-3 border-b border-line py-1.5 text-sm last:border-b-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="num min-w-0">{children}</dd>
    </div>
  );
}
