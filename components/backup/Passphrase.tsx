"use client";

import { TextField } from "@/components/ui/TextField";
import { TONE_FILL, TONE_TEXT } from "@/components/ui/tones";
import { strengthOf } from "./passphrase-strength";

interface Props {
  readonly value: string;
  readonly again: string;
  readonly error: string | null;
  readonly againError: string | null;
  onChange(value: string): void;
  onAgain(value: string): void;
}

/** Typed twice: nobody can read it out of the file when it was typed wrongly. */
export function Passphrase({ value, again, error, againError, onChange, onAgain }: Props) {
  const { level, tone, words } = strengthOf(value);
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TextField
        label="Passphrase"
        secret
        required
        hint={
          <span className="flex flex-col gap-1.5">
            <span aria-hidden="true" className="mt-0.5 flex gap-1">
              {[1, 2, 3].map((step) => (
                <span
                  key={step}
                  className={`h-1 flex-1 rounded-full ${step <= level ? TONE_FILL[tone] : "bg-track"}`}
                />
              ))}
            </span>
            <span className={level > 0 ? TONE_TEXT[tone] : ""}>{words}</span>
          </span>
        }
        error={error}
        value={value}
        onChange={onChange}
      />
      <TextField
        label="Once more"
        secret
        required
        hint="Keep it where you keep passwords: nobody can reset it."
        error={againError}
        value={again}
        onChange={onAgain}
      />
    </div>
  );
}
