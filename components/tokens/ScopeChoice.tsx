"use client";

import { useId } from "react";
import type { Permission } from "@/components/account/rights";
import { useMe } from "@/components/account/use-me";
import { OptionCard } from "@/components/ui/OptionCard";
import { SCOPE_WORDS, SCOPES } from "./scope-words";

interface Props {
  readonly value: readonly Permission[];
  readonly error: string | null;
  onChange(scopes: Permission[]): void;
}

/** What a token may do, of what one may do oneself. */
export function ScopeChoice({ value, error, onChange }: Props) {
  const id = useId();
  const { me } = useMe();
  const offered = SCOPES.filter((scope) => me?.permissions.includes(scope));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">What it may do</legend>
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
      {error ? (
        <p id={`${id}-error`} className="text-xs text-pretty text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
