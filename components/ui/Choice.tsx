"use client";

import { Icon } from "@/components/ui/icons";

interface Props {
  readonly label: string;
  readonly value: string;
  /** Options and groups of them. */
  readonly children: React.ReactNode;
  readonly className?: string;
  onChange(value: string): void;
}

/** One of a few, in a row. The browser's own list: it is there at once, and fits every thumb. */
export function Choice({ label, value, children, className = "", onChange }: Props) {
  return (
    <span className={`relative inline-flex min-w-0 items-center ${className}`}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full min-w-0 cursor-pointer appearance-none truncate rounded-lg border border-line-strong bg-surface pr-7 pl-2.5 text-sm transition-colors hover:border-muted/60 pointer-coarse:h-10 pointer-coarse:text-lg dark:bg-bg"
      >
        {children}
      </select>
      <Icon name="down" size={13} className="pointer-events-none absolute right-2 text-muted" />
    </span>
  );
}
