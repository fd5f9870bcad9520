"use client";

import { useState } from "react";
import { Field, type FieldProps } from "./Field";
import { FIELD } from "./field-class";

interface Props extends FieldProps {
  readonly value: string;
  readonly placeholder?: string;
  /** Hidden while typed, and kept from password managers: it is the target's, not the viewer's. */
  readonly secret?: boolean;
  readonly autoFocus?: boolean;
  /** The viewer's own: what a password manager may fill in. */
  readonly credential?: "username" | "name" | "current-password" | "new-password" | "one-time-code";
  readonly maxLength?: number;
  /** Texts to choose from; others may be typed. */
  readonly suggestions?: readonly string[];
  onChange(value: string): void;
}

export function TextField({
  value,
  placeholder,
  secret = false,
  autoFocus,
  credential,
  maxLength,
  suggestions,
  onChange,
  ...field
}: Props) {
  const [shown, setShown] = useState(false);
  return (
    <Field {...field}>
      {(control) => (
        <div className="relative flex items-center">
          <input
            {...control}
            type={secret && !shown ? "password" : "text"}
            value={value}
            placeholder={placeholder}
            maxLength={maxLength}
            list={suggestions ? `${control.id}-list` : undefined}
            // biome-ignore lint/a11y/noAutofocus: a caller asks for it where the field is the reason for the dialog.
            autoFocus={autoFocus}
            name={credential}
            autoComplete={credential ?? (secret ? "new-password" : "off")}
            inputMode={credential === "one-time-code" ? "numeric" : undefined}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
            className={`${FIELD} h-8 pointer-coarse:h-10 ${secret ? "pr-16" : ""}`}
          />
          {suggestions ? (
            <datalist id={`${control.id}-list`}>
              {suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          ) : null}
          {secret ? (
            <button
              type="button"
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
              className="absolute right-1 h-6 rounded px-2 text-xs text-muted hover:text-ink"
            >
              {shown ? "Hide" : "Show"}
            </button>
          ) : null}
        </div>
      )}
    </Field>
  );
}
