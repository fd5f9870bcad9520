"use client";

import { Icon } from "./icons";

interface Props {
  /** What is chosen: "Host". */
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  onChange(value: string): void;
}

/** One of many, or all. The browser's own list: it is there at once, and fits every thumb. "" is all. */
export function FilterSelect({ label, value, options, onChange }: Props) {
  return (
    <span className="relative inline-flex min-w-0 shrink-0 items-center">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`h-8 max-w-40 min-w-0 cursor-pointer appearance-none truncate rounded-lg border bg-surface pr-7 pl-2.5 text-sm transition-colors pointer-coarse:h-10 pointer-coarse:text-lg dark:bg-bg ${value === "" ? "border-line-strong text-muted hover:border-muted/60 hover:text-ink" : "border-accent text-ink"}`}
      >
        <option value="">{label}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      <Icon name="down" size={13} className="pointer-events-none absolute right-2 text-muted" />
    </span>
  );
}
