"use client";

import { type FormEvent, useId, useState } from "react";
import { type TimeRange, windowOf } from "@/components/data/time-range";
import { formatLocalInput } from "@/components/format";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field } from "@/components/ui/Field";
import { FIELD } from "@/components/ui/field-class";

interface Props {
  readonly range: TimeRange;
  onChoose(range: TimeRange): void;
  onClose(): void;
}

/** Two instants in the viewer's zone. The browser's own inputs: quick to type, and a wheel on a phone. */
export function CustomRange({ range, onChoose, onClose }: Props) {
  const form = useId();
  const [initial] = useState(() => windowOf(range, Date.now()));
  const [from, setFrom] = useState(formatLocalInput(initial.from));
  const [to, setTo] = useState(formatLocalInput(initial.to));
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = { from: new Date(from).getTime(), to: new Date(to).getTime() };
    const wrong = whatIsWrong(chosen.from, chosen.to);
    if (wrong) return setError(wrong);
    onChoose({ kind: "fixed", ...chosen });
    onClose();
  };
  return (
    <Dialog
      open
      width="small"
      title="Time range"
      description="In your own time zone."
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary">
            Show
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <Instant label="From" value={from} onChange={setFrom} />
        <Instant label="To" value={to} onChange={setTo} error={error} />
      </form>
    </Dialog>
  );
}

interface InstantProps {
  readonly label: string;
  readonly value: string;
  readonly error?: string | null;
  onChange(value: string): void;
}

function Instant({ label, value, error, onChange }: InstantProps) {
  return (
    <Field label={label} required error={error}>
      {(control) => (
        <input
          {...control}
          type="datetime-local"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${FIELD} num h-9 pointer-coarse:h-10`}
        />
      )}
    </Field>
  );
}

const LONGEST_MS = 10 * 365 * 86_400_000;

function whatIsWrong(from: number, to: number): string | null {
  if (Number.isNaN(from) || Number.isNaN(to)) return "Enter a date and a time in both fields.";
  if (to <= from) return "It ends before it begins. Choose a later end.";
  if (from < 0 || to - from > LONGEST_MS) return "At most ten years can be shown.";
  return null;
}
