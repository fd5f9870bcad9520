"use client";

import { useState } from "react";
import { Field, type FieldProps } from "./Field";
import { FIELD } from "./field-class";

interface Props extends FieldProps {
  /** null is an empty field, NaN one that holds no number. */
  readonly value: number | null;
  readonly placeholder?: string;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly integer?: boolean;
  /** Stands behind the number: "s", "ms". */
  readonly suffix?: string;
  onChange(value: number | null): void;
}

/** Keeps what is typed as text, so that "1." and "-" can be typed on the way to a number. */
export function NumberField({ value, placeholder, min, max, integer = false, suffix, onChange, ...field }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === null ? "" : String(value));
  const wrong = problemOf(text, { min, max, integer });
  const take = (next: string) => {
    setTyped(next);
    const number = Number(next);
    if (next.trim() === "") onChange(null);
    else onChange(Number.isFinite(number) ? number : Number.NaN);
  };
  return (
    <Field {...field} error={field.error ?? wrong}>
      {(control) => (
        <div className="relative flex items-center">
          <input
            {...control}
            inputMode={integer ? "numeric" : "decimal"}
            value={text}
            placeholder={placeholder}
            autoComplete="off"
            onChange={(event) => take(event.target.value)}
            onBlur={() => setTyped(wrong ? typed : null)}
            className={`${FIELD} num h-8 pointer-coarse:h-10 ${suffix ? "pr-12" : ""}`}
          />
          {suffix ? <span className="pointer-events-none absolute right-2.5 text-xs text-muted">{suffix}</span> : null}
        </div>
      )}
    </Field>
  );
}

function problemOf(text: string, { min, max, integer }: Pick<Props, "min" | "max" | "integer">): string | null {
  if (text.trim() === "") return null;
  const number = Number(text);
  if (!Number.isFinite(number)) return "Type a number.";
  if (integer && !Number.isInteger(number)) return "Type a whole number.";
  if (typeof min === "number" && number < min) return `Type ${min} or more.`;
  if (typeof max === "number" && number > max) return `Type ${max} or less.`;
  return null;
}
