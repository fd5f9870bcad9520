"use client";

import { useId } from "react";
import { ROLE_WORDS, type Role } from "@/components/account/role-words";
import { OptionCard } from "@/components/ui/OptionCard";

const ROLES = ["admin", "editor", "viewer"] as const satisfies readonly Role[];

interface Props {
  readonly value: Role;
  readonly error: string | null;
  onChange(role: Role): void;
}

/** What somebody may do. */
export function RoleChoice({ value, error, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">Role</legend>
      {ROLES.map((role) => (
        <OptionCard
          key={role}
          type="radio"
          name={id}
          checked={role === value}
          title={ROLE_WORDS[role].name}
          hint={ROLE_WORDS[role].may}
          onChange={() => onChange(role)}
        />
      ))}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-pretty text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
