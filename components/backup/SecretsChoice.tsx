"use client";

import { useId } from "react";
import type { Secrets } from "./download-backup";

const CHOICES = [
  {
    value: "kept",
    name: "Under the key of this Unity",
    about:
      "To restore them you need a copy of its key, secret.key, which is not in the file. The file alone is of no use to a thief.",
  },
  {
    value: "passphrase",
    name: "Under a passphrase",
    about: "To restore them, also on another machine, you need the passphrase and no key. It is as safe as it is long.",
  },
  {
    value: "none",
    name: "Left out",
    about:
      "Nothing to steal, and nobody: after a restore, passwords are entered anew, and the first visitor administers.",
  },
] as const satisfies readonly { value: Secrets; name: string; about: string }[];

/** What becomes of passwords and tokens. Native radio buttons underneath: arrow keys and screen readers know them. */
export function SecretsChoice({ value, onChange }: { value: Secrets; onChange(value: Secrets): void }) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Secrets</legend>
      {CHOICES.map((choice) => (
        <label
          key={choice.value}
          className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line-strong px-3 py-2 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={id}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
          />
          <span className="min-w-0">
            <span className="block text-sm font-medium">{choice.name}</span>
            <span className="block text-xs text-pretty text-muted">{choice.about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
