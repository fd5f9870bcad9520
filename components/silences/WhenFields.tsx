"use client";

import { Field } from "@/components/ui/Field";
import { FIELD } from "@/components/ui/field-class";
import { NumberField } from "@/components/ui/NumberField";
import { Segmented } from "@/components/ui/Segmented";
import { TextField } from "@/components/ui/TextField";
import { type Recurrence, WEEK_ORDER, WEEKDAYS, writeRecurrence } from "./recurrence";
import { type SilenceDraft, SPANS } from "./silence-draft";

interface Props {
  readonly draft: SilenceDraft;
  readonly problem: { readonly field: string; readonly message: string } | null;
  onChange(change: Partial<SilenceDraft>): void;
}

export function WhenFields(props: Props) {
  return props.draft.repeats ? <Again {...props} /> : <Once {...props} />;
}

const CHIP =
  "inline-flex h-8 items-center rounded-lg border border-line-strong px-3 text-sm font-medium transition-colors hover:bg-raised aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:h-10";

/** One tap, or two instants in the viewer's zone. */
function Once({ draft, problem, onChange }: Props) {
  const { span, from, to } = draft;
  return (
    <>
      <div className="flex flex-wrap gap-1.5">
        {SPANS.map(({ key, name }) => (
          <button
            key={key}
            type="button"
            aria-pressed={span === key}
            onClick={() => onChange({ span: key })}
            className={`num ${CHIP}`}
          >
            {name}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={span === "custom"}
          onClick={() => onChange({ span: "custom" })}
          className={CHIP}
        >
          From and to
        </button>
      </div>
      {span === "custom" ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Instant label="From" type="datetime-local" value={from} onChange={(next) => onChange({ from: next })} />
          <Instant
            label="To"
            type="datetime-local"
            value={to}
            error={problem?.field === "to" ? problem.message : null}
            onChange={(next) => onChange({ to: next })}
          />
        </div>
      ) : null}
    </>
  );
}

interface InstantProps {
  readonly label: string;
  readonly type: "datetime-local" | "time";
  readonly value: string;
  readonly error?: string | null;
  onChange(value: string): void;
}

/** The browser's own: quick to type, and a wheel on a phone. */
function Instant({ label, type, value, error, onChange }: InstantProps) {
  return (
    <Field label={label} required error={error}>
      {(control) => (
        <input
          {...control}
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${FIELD} num h-8 pointer-coarse:h-10`}
        />
      )}
    </Field>
  );
}

const EVERY = [
  { value: "day", name: "Daily" },
  { value: "week", name: "Weekly" },
  { value: "month", name: "Monthly" },
  { value: "cron", name: "Cron" },
] as const;

/** What was chosen goes along as far as the other way of saying it has it. */
function switchTo(every: Recurrence["every"], old: Recurrence): Recurrence {
  const time = old.every === "cron" ? "02:00" : old.time;
  if (every === "day") return { every, time };
  if (every === "week") return { every, time, days: old.every === "week" ? old.days : [0] };
  if (every === "month") return { every, time, day: 1 };
  return { every, expression: writeRecurrence(old) || "0 2 * * 0" };
}

function Again({ draft, problem, onChange }: Props) {
  const { recurrence, durationMinutes, timeZone } = draft;
  const set = (next: Recurrence) => onChange({ recurrence: next });
  const errorOf = (field: string) => (problem?.field === field ? problem.message : null);
  return (
    <>
      <div>
        <Segmented
          label="Every"
          value={recurrence.every}
          options={EVERY}
          onChange={(every) => set(switchTo(every, recurrence))}
        />
      </div>
      {recurrence.every === "week" ? <Days recurrence={recurrence} onChange={set} /> : null}
      <div className="grid grid-cols-2 gap-3">
        {recurrence.every === "cron" ? (
          <div className="col-span-2">
            <TextField
              label="Expression"
              required
              value={recurrence.expression}
              placeholder="0 2 * * 0"
              hint="Minute, hour, day of the month, month, day of the week."
              error={errorOf("expression")}
              onChange={(expression) => set({ every: "cron", expression })}
            />
          </div>
        ) : (
          <Instant label="At" type="time" value={recurrence.time} onChange={(time) => set({ ...recurrence, time })} />
        )}
        {recurrence.every === "month" ? (
          <NumberField
            label="On day"
            required
            integer
            min={1}
            max={31}
            value={recurrence.day}
            error={errorOf("expression")}
            onChange={(day) => set({ ...recurrence, day: day !== null && day >= 1 && day <= 31 ? day : null })}
          />
        ) : null}
        <NumberField
          label="For"
          required
          integer
          min={1}
          max={20_160}
          suffix="min"
          value={durationMinutes}
          onChange={(next) => onChange({ durationMinutes: next })}
        />
        <div className={recurrence.every === "day" || recurrence.every === "week" ? "col-span-2" : ""}>
          <TextField
            label="Time zone"
            required
            value={timeZone}
            suggestions={ZONES}
            error={errorOf("timeZone")}
            onChange={(next) => onChange({ timeZone: next })}
          />
        </div>
      </div>
    </>
  );
}

/** What the browser knows; the server knows the same ones, and says so when not. */
const ZONES: readonly string[] = Intl.supportedValuesOf("timeZone");

function Days({
  recurrence,
  onChange,
}: {
  recurrence: Extract<Recurrence, { every: "week" }>;
  onChange(next: Recurrence): void;
}) {
  const { days } = recurrence;
  const toggle = (day: number) =>
    onChange({ ...recurrence, days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day] });
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">Days</legend>
      {WEEK_ORDER.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={days.includes(day)}
          aria-label={WEEKDAYS[day]}
          onClick={() => toggle(day)}
          className={`${CHIP} min-w-0 flex-1 justify-center px-0!`}
        >
          {WEEKDAYS[day].slice(0, 2)}
        </button>
      ))}
    </fieldset>
  );
}
