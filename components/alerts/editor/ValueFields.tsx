"use client";

import { Select } from "@/components/ui/Select";
import { TextField } from "@/components/ui/TextField";
import { AmountField } from "../AmountField";
import { limitUnit, type TakeKind, type ValuePart } from "../limit-unit";
import type { ConditionProps } from "./ConditionCard";
import { MetricPicker } from "./MetricPicker";
import { hasEnd } from "./read-part";
import type { PartForm } from "./rule-form";

const TAKES: readonly { readonly value: TakeKind; readonly name: string; readonly hint: string }[] = [
  { value: "last", name: "Newest value", hint: "As it comes." },
  { value: "avg", name: "Average of a window", hint: "A short peak does not count." },
  { value: "min", name: "Lowest of a window", hint: "It was so all the time." },
  { value: "max", name: "Highest of a window", hint: "A short peak is enough." },
  { value: "p95", name: "95th percentile of a window", hint: "All but the highest twentieth." },
  { value: "sum", name: "Sum of a window", hint: "All values added up." },
  { value: "increase", name: "Increase within a window", hint: "How much more it became, or was counted." },
  { value: "changes", name: "Changes within a window", hint: "How often it became another value." },
  { value: "rate", name: "Change a second over a window", hint: "Up is above nought, down below." },
  { value: "forecast", name: "Forecast", hint: "Where the line through the past leads." },
  {
    value: "ratio",
    name: "Share of what is usual",
    hint: "Against the same hour of past days: 200 % is twice as much.",
  },
  {
    value: "score",
    name: "Deviations from what is usual",
    hint: "How unusual it is for this hour. 3 is rare, 5 very.",
  },
];

const SIGNS: readonly { readonly value: ValuePart["is"]; readonly name: string }[] = [
  { value: "above", name: "above" },
  { value: "below", name: "below" },
  { value: "equal", name: "equal to" },
  { value: "unequal", name: "not equal to" },
  { value: "outside", name: "outside of a band" },
];
const AGAINST = [
  { value: "number", name: "A number" },
  { value: "metric", name: "Another metric" },
] as const;
const WINDOW_NAME: Readonly<Partial<Record<TakeKind, string>>> = { forecast: "In" };

/** What is taken of a series, and what it is compared with. */
export function ValueFields(props: ConditionProps) {
  const { part, index, units, problems, change } = props;
  const problem = (field: keyof PartForm) => problems[`parts.${index}.${field}`] ?? null;
  const set = (next: Partial<PartForm>) => change(index, next);
  const unit = limitUnit(part.take, units[part.metric]);
  const take = TAKES.find(({ value }) => value === part.take);
  const isHabit = part.take === "ratio" || part.take === "score";
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
        <Select
          label="Take"
          required
          hint={take?.hint}
          value={part.take}
          options={TAKES}
          onChange={(value) => set({ take: TAKES.find((one) => one.value === value)?.value ?? "last" })}
        />
        {part.take === "last" || isHabit ? null : (
          <AmountField
            label={WINDOW_NAME[part.take] ?? "Window"}
            required
            unit="seconds"
            error={problem("window")}
            value={part.window}
            onChange={(window) => set({ window })}
          />
        )}
        {isHabit ? (
          <TextField
            label="Days to compare with"
            required
            error={problem("days")}
            hint="2 to 28."
            value={part.days}
            onChange={(days) => set({ days })}
          />
        ) : null}
        <Select
          label="Is"
          required
          value={part.is}
          options={SIGNS}
          onChange={(value) => set({ is: SIGNS.find((one) => one.value === value)?.value ?? "above" })}
        />
        {part.is === "outside" || unit === "bool" ? null : (
          <Select
            label="Compared with"
            required
            value={part.against}
            options={AGAINST}
            onChange={(value) => set({ against: value === "metric" ? "metric" : "number" })}
          />
        )}
        {part.against === "metric" && part.is !== "outside" ? (
          <OtherMetric {...props} />
        ) : (
          <NumberFields {...props} unit={unit} />
        )}
      </div>
    </div>
  );
}

function NumberFields({ part, index, problems, unit, change }: ConditionProps & { unit: string }) {
  const problem = (field: keyof PartForm) => problems[`parts.${index}.${field}`] ?? null;
  const set = (next: Partial<PartForm>) => change(index, next);
  const isBand = part.is === "outside";
  return (
    <>
      <AmountField
        label={isBand ? "Lower end" : "Limit"}
        required
        unit={unit}
        error={problem("limit")}
        value={part.limit}
        onChange={(limit) => set({ limit })}
      />
      {isBand ? (
        <AmountField
          label="Upper end"
          required
          unit={unit}
          error={problem("upper")}
          value={part.upper}
          onChange={(upper) => set({ upper })}
        />
      ) : null}
      {hasEnd(part.is) && unit !== "bool" ? (
        <AmountField
          label={isBand ? "Over inside by" : "Over at"}
          unit={unit}
          error={problem("clear")}
          placeholder={isBand ? "" : "the limit"}
          hint={
            isBand
              ? "So far inside the band it is over."
              : "Where it is over, so that it does not come and go at the limit."
          }
          value={part.clear}
          onChange={(clear) => set({ clear })}
        />
      ) : null}
    </>
  );
}

function OtherMetric({ part, index, metrics, problems, change }: ConditionProps) {
  return (
    <>
      <AmountField
        label="So much"
        required
        unit="ratio"
        error={problems[`parts.${index}.times`] ?? null}
        value={part.times}
        hint="Of the other metric: 90 % of it, 100 % is all."
        onChange={(times) => change(index, { times })}
      />
      <MetricPicker
        label="Of"
        required
        metrics={metrics}
        error={problems[`parts.${index}.limitMetric`] ?? null}
        hint="Of the same instance, with the same labels."
        value={part.limitMetric}
        onChange={(limitMetric) => change(index, { limitMetric })}
      />
    </>
  );
}
