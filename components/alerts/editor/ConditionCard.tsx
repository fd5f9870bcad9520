"use client";

import type { MeasuredMetric, MetricUnits, RuleView } from "@/components/data/outputs";
import { Card, CardTitle } from "@/components/ui/Card";
import { IconButton } from "@/components/ui/IconButton";
import { Segmented } from "@/components/ui/Segmented";
import { TextField } from "@/components/ui/TextField";
import { AmountField } from "../AmountField";
import { MatcherRows } from "../MatcherRows";
import { MetricPicker } from "./MetricPicker";
import type { PartForm, RuleProblems } from "./rule-form";
import { ValueFields } from "./ValueFields";

export interface ConditionProps {
  readonly part: PartForm;
  readonly index: number;
  readonly of: number;
  readonly scope: RuleView["scope"];
  readonly units: MetricUnits;
  readonly metrics: readonly MeasuredMetric[];
  readonly problems: RuleProblems;
  change(index: number, part: Partial<PartForm>): void;
  remove(index: number): void;
}

const KINDS = [
  { value: "value", name: "A value" },
  { value: "absent", name: "Silence" },
  { value: "failing", name: "Failed runs" },
] as const;

/** One condition: of which series which number is compared with what. */
export function ConditionCard(props: ConditionProps) {
  const { part, index, of, scope, metrics, problems, change, remove } = props;
  const problem = (field: keyof PartForm) => problems[`parts.${index}.${field}`] ?? null;
  const title = of > 1 ? `Condition ${index + 1}` : "Condition";
  return (
    <Card role="group" aria-label={title}>
      <CardTitle
        aside={
          of > 1 ? (
            <IconButton icon="remove" label={`Remove condition ${index + 1}`} onClick={() => remove(index)} />
          ) : undefined
        }
      >
        {title}
      </CardTitle>
      <div className="flex flex-col gap-4">
        <span>
          <Segmented
            label="What is looked at"
            value={part.kind}
            options={KINDS}
            onChange={(kind) => change(index, { kind })}
          />
        </span>
        {part.kind === "failing" ? (
          <div className="@container">
            <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
              <TextField
                label="Runs in a row that failed"
                required
                error={problem("runs")}
                hint="The instance could not be asked, or said something that is not understood."
                value={part.runs}
                onChange={(runs) => change(index, { runs })}
              />
            </div>
          </div>
        ) : (
          <>
            <MetricPicker
              label="Metric"
              required
              metrics={metrics}
              error={problem("metric")}
              hint={metrics.find(({ metric }) => metric === part.metric)?.description}
              value={part.metric}
              onChange={(metric) => change(index, metric === part.metric ? {} : { metric, where: [] })}
            />
            {part.metric === "" ? null : (
              <fieldset className="min-w-0">
                <legend className="mb-1.5 text-sm font-medium">
                  Only where<span className="ms-1.5 text-xs font-normal text-muted">optional</span>
                </legend>
                <MatcherRows
                  scope={scope}
                  metric={part.metric}
                  value={part.where}
                  error={problem("where")}
                  onChange={(where) => change(index, { where })}
                />
              </fieldset>
            )}
            {part.kind === "absent" ? (
              <div className="@container">
                <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
                  <AmountField
                    label="Has said nothing for"
                    required
                    unit="seconds"
                    error={problem("silent")}
                    value={part.silent}
                    onChange={(silent) => change(index, { silent })}
                  />
                </div>
              </div>
            ) : (
              <ValueFields {...props} />
            )}
          </>
        )}
      </div>
    </Card>
  );
}
