"use client";

import { type ReactNode, useId } from "react";

/** What every field can say about itself. */
export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and what to do. */
  readonly error?: string | null;
  readonly required?: boolean;
  /** Something applies when it is left empty, so that it needs no "optional". */
  readonly hasDefault?: boolean;
}

/** Ties a control to its label, hint and error. The control gets what it needs to be tied. */
export function Field({
  label,
  hint,
  error,
  required = false,
  hasDefault = false,
  children,
}: FieldProps & { children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const about = `${id}-about`;
  const described = Boolean(error || hint);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {required || hasDefault ? null : <span className="ms-1.5 text-xs font-normal text-muted">optional</span>}
      </label>
      {children({
        id,
        "aria-describedby": described ? about : undefined,
        "aria-invalid": error ? true : undefined,
        required,
      })}
      {described ? (
        <p id={about} className={`text-xs text-pretty ${error ? "text-bad" : "text-muted"}`}>
          {error || hint}
        </p>
      ) : null}
    </div>
  );
}

export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
  readonly required: boolean;
}
