"use client";

import { formatText } from "@/components/format";
import type { FieldProps } from "@/components/ui/Field";
import { Select } from "@/components/ui/Select";
import { TextField } from "@/components/ui/TextField";
import { AMOUNT_EXAMPLE, parseAmount } from "./parse-amount";

interface Props extends Omit<FieldProps, "hint"> {
  readonly value: string;
  readonly unit: string;
  /** What applies while it is empty. */
  readonly placeholder?: string;
  readonly hint?: string;
  onChange(value: string): void;
}

const TRUTHS = [
  { value: "yes", name: "yes" },
  { value: "no", name: "no" },
];

/** An amount as people write it, with what was understood below: "90 %", "5 GiB", "10 min". */
export function AmountField({ value, unit, placeholder, hint, onChange, ...field }: Props) {
  if (unit === "bool")
    return (
      <Select
        {...field}
        hint={hint}
        value={value}
        options={TRUTHS}
        placeholder={placeholder || "Choose"}
        onChange={onChange}
      />
    );
  const example = AMOUNT_EXAMPLE[unit];
  return (
    <TextField
      {...field}
      hint={
        understood(value, unit) ??
        hint ??
        (example && !placeholder && value.trim() === "" ? `Such as ${example}.` : undefined)
      }
      value={value}
      maxLength={60}
      placeholder={placeholder ?? example}
      onChange={onChange}
    />
  );
}

/** Only where it is not what was typed anyway. */
function understood(value: string, unit: string): string | null {
  const amount = parseAmount(value, unit);
  if (amount === null) return null;
  if (Number.isNaN(amount)) return `This is no amount. Type something like ${AMOUNT_EXAMPLE[unit] ?? "12"}.`;
  const text = formatText(amount, unit);
  return text.replaceAll(" ", "") === value.replaceAll(" ", "") ? null : `That is ${text}.`;
}
