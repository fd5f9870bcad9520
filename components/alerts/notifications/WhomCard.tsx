"use client";

import { SwitchField } from "@/components/form/SwitchField";
import { AddRow } from "@/components/ui/AddRow";
import { Card, CardTitle } from "@/components/ui/Card";
import { IconButton } from "@/components/ui/IconButton";
import { NumberField } from "@/components/ui/NumberField";
import { ChannelChoice } from "./ChannelChoice";
import { ESCALATE_MINUTES, MOST, type RouteProblems, type Step } from "./route-form";
import type { RouteFormState } from "./use-route-form";

const NEXT_STEP: Step = { afterMinutes: 15, channels: "all" };

/** Who is told, and who when nobody took note of it. */
export function WhomCard({ state }: { state: RouteFormState }) {
  const { form, problems, change } = state;
  const { escalate } = form;
  return (
    <Card>
      <CardTitle>Who is told</CardTitle>
      <div className="flex flex-col gap-4">
        <ChannelChoice
          label="Channels"
          value={form.channels}
          error={problems.channels}
          onChange={(channels) => change({ channels })}
        />
        {form.daily ? null : (
          <fieldset className="flex min-w-0 flex-col gap-2">
            <legend className="mb-1.5 text-sm font-medium">
              Escalation
              {escalate.length === 0 ? <span className="ms-1.5 font-normal text-muted">none</span> : null}
            </legend>
            {escalate.map((step, index) => (
              <StepRow
                // biome-ignore lint/suspicious/noArrayIndexKey: steps may be equal, and change while typed.
                key={index}
                step={step}
                place={index + 1}
                problems={problems}
                onChange={(next) => change({ escalate: escalate.toSpliced(index, 1, next) })}
                onRemove={() => change({ escalate: escalate.toSpliced(index, 1) })}
              />
            ))}
            {escalate.length < MOST.escalate ? (
              <AddRow name="step" onAdd={() => change({ escalate: [...escalate, NEXT_STEP] })} />
            ) : null}
          </fieldset>
        )}
        <SwitchField
          label="Look at the routes below as well"
          hint={
            form.continue ? "What fits here may be told by others, too." : "What fits here is told by this route only."
          }
          checked={form.continue}
          onChange={(next) => change({ continue: next })}
        />
      </div>
    </Card>
  );
}

interface StepProps {
  readonly step: Step;
  readonly place: number;
  readonly problems: RouteProblems;
  onChange(step: Step): void;
  onRemove(): void;
}

function StepRow({ step, place, problems, onChange, onRemove }: StepProps) {
  const at = `escalate.${place - 1}`;
  return (
    <fieldset className="min-w-0 rounded-lg border border-line p-3">
      <legend className="sr-only">Step {place}</legend>
      <div className="grid grid-cols-[minmax(0,1fr)_28px] items-start gap-2">
        <NumberField
          label="Nobody acknowledged it for"
          required
          integer
          suffix="min"
          {...ESCALATE_MINUTES}
          error={problems[`${at}.afterMinutes`]}
          value={step.afterMinutes}
          onChange={(afterMinutes) => onChange({ ...step, afterMinutes })}
        />
        <IconButton icon="close" label={`Remove step ${place}`} className="mt-6.5" onClick={onRemove} />
      </div>
      <div className="mt-3">
        <ChannelChoice
          label="Then also"
          value={step.channels}
          error={problems[`${at}.channels`]}
          onChange={(channels) => onChange({ ...step, channels })}
        />
      </div>
    </fieldset>
  );
}
