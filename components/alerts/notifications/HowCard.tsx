"use client";

import { SwitchField } from "@/components/form/SwitchField";
import { Card, CardTitle } from "@/components/ui/Card";
import { NumberField } from "@/components/ui/NumberField";
import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";
import { ClockField } from "./ClockField";
import { REPEAT_HOURS, type RouteForm, UPDATE_MINUTES, WAIT_SECONDS } from "./route-form";
import type { RouteFormState } from "./use-route-form";

const PACES = [
  { value: "prompt", name: "At once" },
  { value: "daily", name: "Once a day" },
] as const;
const GROUPS: readonly { readonly value: RouteForm["group"]; readonly name: string }[] = [
  { value: "host", name: "A message a host" },
  { value: "instance", name: "A message an instance" },
  { value: "rule", name: "A message a rule" },
  { value: "all", name: "One message for all" },
  { value: "none", name: "A message an alert" },
];

/** How soon, how often, and what comes together. */
export function HowCard({ state }: { state: RouteFormState }) {
  const { form, problems, change } = state;
  return (
    <Card>
      <CardTitle
        aside={
          <Segmented
            label="How soon"
            value={form.daily ? "daily" : "prompt"}
            options={PACES}
            onChange={(pace) => change({ daily: pace === "daily" })}
          />
        }
      >
        How
      </CardTitle>
      {form.daily ? (
        <ClockField
          label="Summary at"
          required
          hint="One message a day: what fired, what is over, what fires still. Nothing at once."
          error={problems["digest.at"] ?? null}
          value={form.digestAt}
          onChange={(digestAt) => change({ digestAt })}
        />
      ) : (
        <Prompt state={state} />
      )}
    </Card>
  );
}

function Prompt({ state: { form, problems, change } }: { state: RouteFormState }) {
  return (
    <div className="@container flex flex-col gap-4">
      <Select
        label="Grouping"
        required
        hint="What comes together is told in one message, which is updated."
        value={form.group}
        options={GROUPS}
        onChange={(value) => change({ group: GROUPS.find((one) => one.value === value)?.value ?? "host" })}
      />
      <div className="grid grid-cols-1 gap-4 @2xs:grid-cols-2 @md:grid-cols-3">
        <NumberField
          label="First message after"
          required
          integer
          suffix="s"
          {...WAIT_SECONDS}
          error={problems.waitSeconds}
          value={form.waitSeconds}
          onChange={(waitSeconds) => change({ waitSeconds })}
        />
        <NumberField
          label="When critical, after"
          required
          integer
          suffix="s"
          {...WAIT_SECONDS}
          error={problems.criticalWaitSeconds}
          value={form.criticalWaitSeconds}
          onChange={(criticalWaitSeconds) => change({ criticalWaitSeconds })}
        />
        <NumberField
          label="Updates at most every"
          required
          suffix="min"
          {...UPDATE_MINUTES}
          error={problems.updateMinutes}
          value={form.updateMinutes}
          onChange={(updateMinutes) => change({ updateMinutes })}
        />
        <NumberField
          label="Repeat critical every"
          hasDefault
          placeholder="never"
          suffix="h"
          {...REPEAT_HOURS}
          error={problems["repeatHours.critical"]}
          value={form.repeatCritical}
          onChange={(repeatCritical) => change({ repeatCritical })}
        />
        <NumberField
          label="Repeat warnings every"
          hasDefault
          placeholder="never"
          suffix="h"
          {...REPEAT_HOURS}
          error={problems["repeatHours.warning"]}
          value={form.repeatWarning}
          onChange={(repeatWarning) => change({ repeatWarning })}
        />
      </div>
      <SwitchField
        label="Tell that it is over"
        hint="Those who heard that it fires."
        checked={form.resolved}
        onChange={(resolved) => change({ resolved })}
      />
    </div>
  );
}
