"use client";

import { useEffect, useState } from "react";
import { FIELD } from "@/components/ui/field-class";
import { Icon } from "@/components/ui/icons";

interface Props {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

/** Browsers refuse an address that changes a hundred times in half a minute. */
const SETTLES_MS = 180;

/** Text to narrow a list by. What is typed is shown at once and told when it pauses. */
export function SearchBox({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    // Told and taken: from here on the address decides again, so that Back works.
    if (typed === value) return setTyped(null);
    const timer = setTimeout(() => onChange(typed), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <span className="relative inline-flex w-44 min-w-36 shrink-0 items-center sm:w-56">
      <Icon name="search" size={14} className="pointer-events-none absolute left-2.5 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder="Filter"
        value={typed ?? value}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        className={`${FIELD} h-8 pl-8 pointer-coarse:h-10 [&::-webkit-search-cancel-button]:hidden`}
      />
    </span>
  );
}
