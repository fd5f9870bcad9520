"use client";

import { useId } from "react";

interface Option<T extends string> {
  readonly value: T;
  readonly name: string;
}
interface Props<T extends string> {
  /** What is chosen: "Density". */
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  onChange(value: T): void;
}

/** One of a few. Native radio buttons underneath: arrow keys and screen readers know them. */
export function Segmented<T extends string>({ label, value, options, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="inline-flex h-8 shrink-0 items-center gap-0.5 rounded-lg border border-line bg-raised p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="num relative flex h-full cursor-pointer items-center rounded-md px-2 whitespace-nowrap text-xs font-medium text-muted transition-colors hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent dark:has-checked:bg-line-strong"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.name}
        </label>
      ))}
    </fieldset>
  );
}
