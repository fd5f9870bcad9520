"use client";

import { Card, CardTitle } from "@/components/ui/Card";
import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";
import { AmountField } from "../AmountField";
import { SEVERITIES, WORD_OF } from "../severity";
import type { RuleForm, RuleProblems } from "./rule-form";

interface Props {
  readonly form: RuleForm;
  readonly problems: RuleProblems;
  change(part: Partial<RuleForm>): void;
}

const GONE = [
  { value: "resolve", name: "It is over" },
  { value: "keep", name: "It stays as it is" },
  { value: "fire", name: "It fires" },
] as const;

/** How bad it is, when it is believed, and when it is over. */
export function BehaviourCard({ form, problems, change }: Props) {
  return (
    <Card>
      <CardTitle>When it fires</CardTitle>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <span className="text-sm font-medium">Severity</span>
        <Segmented
          label="Severity"
          value={form.severity}
          options={SEVERITIES.toReversed().map((value) => ({ value, name: WORD_OF[value] }))}
          onChange={(severity) => change({ severity })}
        />
      </div>
      <div className="@container">
        <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
          <AmountField
            label="For"
            hasDefault
            unit="seconds"
            error={problems.forSeconds ?? null}
            placeholder="at once"
            hint="So long it must be so before it fires."
            value={form.forSeconds}
            onChange={(forSeconds) => change({ forSeconds })}
          />
          <AmountField
            label="Keep firing"
            hasDefault
            unit="seconds"
            error={problems.keepFiringSeconds ?? null}
            placeholder="no longer"
            hint="So long it must be over before it is."
            value={form.keepFiringSeconds}
            onChange={(keepFiringSeconds) => change({ keepFiringSeconds })}
          />
          <Select
            label="When what it watches goes"
            required
            hint="A container was removed, a disk taken out."
            value={form.whenGone}
            options={GONE}
            onChange={(value) => change({ whenGone: GONE.find((one) => one.value === value)?.value ?? "resolve" })}
          />
        </div>
      </div>
    </Card>
  );
}
