"use client";

import { useId } from "react";
import { ROLE_WORDS, type Role } from "@/components/account/role-words";

const ROLES = ["admin", "editor", "viewer"] as const satisfies readonly Role[];

interface Props {
  readonly value: Role;
  readonly error: string | null;
  onChange(role: Role): void;
}

/** What somebody may do. Native radio buttons underneath: arrow keys and screen readers know them. */
export function RoleChoice({ value, error, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">Role</legend>
      {ROLES.map((role) => (
        <label
          key={role}
          className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line-strong px-3 py-2 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={id}
            checked={role === value}
            onChange={() => onChange(role)}
            className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
          />
          <span className="min-w-0">
            <span className="block text-sm font-medium">{ROLE_WORDS[role].name}</span>
            <span className="block text-xs text-pretty text-muted">{ROLE_WORDS[role].may}</span>
          </span>
        </label>
      ))}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-pretty text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
