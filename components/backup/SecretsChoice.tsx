"use client";

import { useId } from "react";
import { OptionCard, OptionGroup } from "@/components/ui/OptionCard";
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

/** What becomes of passwords and tokens. */
export function SecretsChoice({ value, onChange }: { value: Secrets; onChange(value: Secrets): void }) {
  const id = useId();
  return (
    <OptionGroup legend="Secrets">
      {CHOICES.map((choice) => (
        <OptionCard
          key={choice.value}
          type="radio"
          name={id}
          checked={choice.value === value}
          title={choice.name}
          hint={choice.about}
          onChange={() => onChange(choice.value)}
        />
      ))}
    </OptionGroup>
  );
}
