"use client";

import type { Route } from "@/components/data/outputs";
import { AddRow } from "@/components/ui/AddRow";
import { FIELD } from "@/components/ui/field-class";
import { IconButton } from "@/components/ui/IconButton";
import { OperatorChoice, operatorHint } from "../OperatorChoice";
import { MOST, type RouteProblems } from "./route-form";

type Label = Route["match"]["labels"][number];

interface Props {
  readonly value: readonly Label[];
  readonly problems: RouteProblems;
  onChange(value: Label[]): void;
}

const CONTROL = `${FIELD} h-8 pointer-coarse:h-10`;

/** Labels of the series and of the rule, all of which must be so. `like` takes `*` and `?`. */
export function LabelRows({ value, problems, onChange }: Props) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Labels</legend>
      {value.map((row, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal, and change while typed.
          key={index}
          row={row}
          place={index + 1}
          problem={problems[`match.labels.${index}.label`] ?? problems[`match.labels.${index}.value`]}
          onChange={(next) => onChange(value.toSpliced(index, 1, next))}
          onRemove={() => onChange(value.toSpliced(index, 1))}
        />
      ))}
      {value.length < MOST.labels ? (
        <AddRow name="label" onAdd={() => onChange([...value, { label: "", op: "is", value: "" }])} />
      ) : null}
    </fieldset>
  );
}

interface RowProps {
  readonly row: Label;
  readonly place: number;
  readonly problem: string | undefined;
  onChange(row: Label): void;
  onRemove(): void;
}

function Row({ row, place, problem, onChange, onRemove }: RowProps) {
  const common = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,7rem)_28px] items-center gap-1.5 sm:grid-cols-[minmax(0,10rem)_7rem_minmax(0,1fr)_28px]">
        <input
          {...common}
          aria-label={`Label ${place}: name`}
          aria-invalid={problem ? true : undefined}
          placeholder="mount"
          value={row.label}
          maxLength={191}
          onChange={(event) => onChange({ ...row, label: event.target.value })}
          className={CONTROL}
        />
        <OperatorChoice label={`Label ${place}: how`} value={row.op} onChange={(op) => onChange({ ...row, op })} />
        <input
          {...common}
          aria-label={`Label ${place}: value`}
          placeholder={operatorHint(row.op, "")}
          value={row.value}
          maxLength={1_000}
          onChange={(event) => onChange({ ...row, value: event.target.value })}
          className={`${CONTROL} max-sm:col-span-2 max-sm:row-start-2`}
        />
        <IconButton
          icon="close"
          label={`Remove label ${place}`}
          className="max-sm:col-start-3 max-sm:row-start-1"
          onClick={onRemove}
        />
      </div>
      {problem ? <p className="mt-1 text-xs text-bad">{problem}</p> : null}
    </div>
  );
}
