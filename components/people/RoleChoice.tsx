"use client";

import { useId } from "react";
import { ROLE_WORDS, type Role } from "@/components/account/role-words";
import { OptionCard, OptionGroup } from "@/components/ui/OptionCard";

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
    <OptionGroup legend="Role" error={error}>
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
    </OptionGroup>
  );
}
