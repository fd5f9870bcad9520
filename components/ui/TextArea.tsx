"use client";

import { Field, type FieldProps } from "./Field";
import { FIELD } from "./field-class";

interface Props extends FieldProps {
  readonly value: string;
  readonly placeholder?: string;
  readonly rows?: number;
  /** For what a machine reads: PEM, JSON. */
  readonly code?: boolean;
  onChange(value: string): void;
}

export function TextArea({ value, placeholder, rows = 4, code = false, onChange, ...field }: Props) {
  return (
    <Field {...field}>
      {(control) => (
        <textarea
          {...control}
          value={value}
          rows={rows}
          placeholder={placeholder}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className={`${FIELD} resize-y py-1.5 ${code ? "font-mono text-xs" : ""}`}
        />
      )}
    </Field>
  );
}
