"use client";

import { useId } from "react";
import { AddRow } from "@/components/ui/AddRow";
import { FIELD } from "@/components/ui/field-class";
import { IconButton } from "@/components/ui/IconButton";
import type { LabelRow } from "./label-rows";

interface Props {
  readonly value: readonly LabelRow[];
  readonly error: string | null;
  onChange(value: LabelRow[]): void;
}

const CONTROL = `${FIELD} h-8 pointer-coarse:h-10`;
const MOST = 20;

/** What a rule's alerts are marked with, as name and value. */
export function LabelRows({ value, error, onChange }: Props) {
  const id = useId();
  const change = (index: number, part: Partial<LabelRow>) =>
    onChange(value.map((row, place) => (place === index ? { ...row, ...part } : row)));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={id}>
      <legend className="mb-1.5 text-sm font-medium">Labels</legend>
      {value.map((row, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal, and change while typed.
          key={index}
          className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-center gap-1.5"
        >
          <input
            aria-label={`Name of label ${index + 1}`}
            aria-invalid={error ? true : undefined}
            aria-describedby={id}
            value={row.label}
            maxLength={191}
            placeholder="team"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => change(index, { label: event.target.value })}
            className={CONTROL}
          />
          <input
            aria-label={`Value of label ${index + 1}`}
            value={row.value}
            maxLength={191}
            placeholder="infrastructure"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => change(index, { value: event.target.value })}
            className={CONTROL}
          />
          <IconButton
            icon="close"
            label={`Remove label ${index + 1}`}
            onClick={() => onChange(value.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      {value.length < MOST ? (
        <AddRow name="label" onAdd={() => onChange([...value, { label: "", value: "" }])} />
      ) : null}
      <p id={id} className={`text-xs text-pretty ${error ? "text-bad" : "text-muted"}`}>
        {error ?? "Routes and silences can ask for them."}
      </p>
    </fieldset>
  );
}
