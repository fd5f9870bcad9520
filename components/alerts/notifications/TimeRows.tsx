"use client";

import type { Route } from "@/components/data/outputs";
import { WEEK_ORDER, WEEKDAYS } from "@/components/silences/recurrence";
import { AddRow } from "@/components/ui/AddRow";
import { IconButton } from "@/components/ui/IconButton";
import { ClockField } from "./ClockField";
import { MOST, type RouteProblems } from "./route-form";

type Times = Route["match"]["times"][number];

interface Props {
  readonly value: readonly Times[];
  readonly problems: RouteProblems;
  onChange(value: Times[]): void;
}

const WORKDAYS = [1, 2, 3, 4, 5];

/** Times of day, any of which is enough. Without any it is always. */
export function TimeRows({ value, problems, onChange }: Props) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">
        When
        {value.length === 0 ? <span className="ms-1.5 font-normal text-muted">always</span> : null}
      </legend>
      {value.map((row, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal, and change while typed.
          key={index}
          row={row}
          place={index + 1}
          problems={problems}
          onChange={(next) => onChange(value.toSpliced(index, 1, next))}
          onRemove={() => onChange(value.toSpliced(index, 1))}
        />
      ))}
      {value.length < MOST.times ? (
        <AddRow
          name="times"
          onAdd={() =>
            onChange([...value, { from: "08:00", to: "18:00", weekdays: value.length === 0 ? WORKDAYS : [] }])
          }
        />
      ) : null}
    </fieldset>
  );
}

interface RowProps {
  readonly row: Times;
  readonly place: number;
  readonly problems: RouteProblems;
  onChange(row: Times): void;
  onRemove(): void;
}

/** A night that goes past midnight belongs to the day that it begins on. */
function Row({ row, place, problems, onChange, onRemove }: RowProps) {
  const { from, to, weekdays } = row;
  const at = `match.times.${place - 1}`;
  const toggle = (day: number) =>
    onChange({ ...row, weekdays: weekdays.includes(day) ? weekdays.filter((one) => one !== day) : [...weekdays, day] });
  return (
    <fieldset className="min-w-0 rounded-lg border border-line p-3">
      <legend className="sr-only">Times {place}</legend>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-start gap-2">
        <ClockField
          label="From"
          required
          value={from}
          error={problems[`${at}.from`] ?? null}
          onChange={(next) => onChange({ ...row, from: next })}
        />
        <ClockField
          label="Until"
          required
          value={to}
          error={problems[`${at}.to`] ?? null}
          hint={to !== "" && to <= from ? (to === from ? "A whole day." : "The next day.") : undefined}
          onChange={(next) => onChange({ ...row, to: next })}
        />
        <IconButton icon="close" label={`Remove times ${place}`} className="mt-6.5" onClick={onRemove} />
      </div>
      <fieldset className="mt-2 flex gap-1">
        <legend className="sr-only">Days; none are all</legend>
        {WEEK_ORDER.map((day) => {
          const number = day === 0 ? 7 : day;
          return (
            <button
              key={day}
              type="button"
              aria-pressed={weekdays.includes(number)}
              aria-label={WEEKDAYS[day]}
              onClick={() => toggle(number)}
              className="inline-flex h-8 min-w-0 flex-1 items-center justify-center rounded-lg border border-line-strong text-xs font-medium transition-colors hover:bg-raised aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:h-10"
            >
              {WEEKDAYS[day].slice(0, 2)}
            </button>
          );
        })}
      </fieldset>
      {weekdays.length === 0 ? <p className="mt-1.5 text-xs text-muted">Every day.</p> : null}
    </fieldset>
  );
}
