"use client";

import type { MetricUnits } from "@/components/data/outputs";
import { Card } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";
import { conditionWords, endWords } from "../rule-words";
import { scopeWords } from "../scope-words";
import { TONE_OF, WORD_OF } from "../severity";
import { tellWords } from "../tell-words";
import { useChannels } from "../use-channels";
import { useInstanceName } from "../use-instance-name";
import { readLabelRows } from "./label-rows";
import type { ReadRule, RuleForm } from "./rule-form";

interface Props {
  readonly watched: ReadRule["watched"];
  readonly units: MetricUnits;
  readonly form: Pick<RuleForm, "severity" | "channels" | "labels">;
  readonly carded?: boolean;
  readonly className?: string;
}

/** The rule in words, as it stands in the form. */
export function Sentence({ watched, units, form, carded = false, className = "" }: Props) {
  const nameOf = useInstanceName();
  const channelOf = useChannels().nameOf;
  const { severity, channels, labels } = form;
  const tell = tellWords({ channels, labels: readLabelRows(labels).labels }, channelOf);
  const end = watched ? endWords(watched, units) : "";
  const content = (
    <div className="flex items-start gap-2.5" aria-live="polite">
      <StatusShape tone={TONE_OF[severity]} label={WORD_OF[severity]} size={12} className="mt-1" />
      <div className="min-w-0">
        <p className={`num font-medium text-pretty break-words ${carded ? "text-base" : "line-clamp-2 text-sm"}`}>
          {watched ? <bdi>{conditionWords(watched, units)}</bdi> : <span className="text-muted">Not a rule yet</span>}
        </p>
        {watched ? (
          <p className={`num text-xs text-pretty break-words text-muted ${carded ? "mt-0.5" : "line-clamp-1"}`}>
            {WORD_OF[severity]}, <bdi>{scopeWords(watched.scope, nameOf)}</bdi>.{end === "" ? null : ` ${end}`}
          </p>
        ) : null}
        {carded && tell !== "" ? (
          <p className="text-xs text-pretty break-words text-muted">
            <bdi>{tell}</bdi>
          </p>
        ) : null}
      </div>
    </div>
  );
  return carded ? (
    <Card role="region" aria-label="The rule in words" className={className}>
      {content}
    </Card>
  ) : (
    <div className={className}>{content}</div>
  );
}
