"use client";

import type { Permission } from "@/components/account/rights";
import { useMe } from "@/components/account/use-me";
import { OptionCard, OptionGroup } from "@/components/ui/OptionCard";
import { SCOPE_WORDS, SCOPES } from "./scope-words";

interface Props {
  readonly value: readonly Permission[];
  readonly error: string | null;
  onChange(scopes: Permission[]): void;
}

/** What a token may do, of what one may do oneself. */
export function ScopeChoice({ value, error, onChange }: Props) {
  const { me } = useMe();
  const offered = SCOPES.filter((scope) => me?.permissions.includes(scope));
  return (
    <OptionGroup legend="What it may do" error={error}>
      {offered.map((scope) => (
        <OptionCard
          key={scope}
          type="checkbox"
          checked={value.includes(scope)}
          title={SCOPE_WORDS[scope].name}
          hint={SCOPE_WORDS[scope].may}
          onChange={(on) => onChange(SCOPES.filter((one) => (one === scope ? on : value.includes(one))))}
        />
      ))}
    </OptionGroup>
  );
}
