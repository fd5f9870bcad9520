"use client";

import { useId } from "react";
import type { FieldProps } from "../ui/Field";
import { Switch } from "../ui/Switch";

interface Props extends FieldProps {
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

/** A switch with its name and what it means beside it. */
export function SwitchField({ label, hint, error, checked, onChange }: Props) {
  const id = useId();
  return (
    <div className="flex min-w-0 gap-3 py-0.5">
      <span className="flex h-5 items-center">
        <Switch id={id} bare label={label} checked={checked} onChange={onChange} />
      </span>
      <div className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer text-sm font-medium">
          {label}
        </label>
        {error || hint ? (
          <p className={`text-xs text-pretty ${error ? "text-bad" : "text-muted"}`}>{error || hint}</p>
        ) : null}
      </div>
    </div>
  );
}
