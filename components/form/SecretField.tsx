"use client";

import { useState } from "react";
import { Button } from "../ui/Button";
import { Field, type FieldProps } from "../ui/Field";
import { FIELD } from "../ui/field-class";
import { Icon } from "../ui/icons";
import { TextField } from "../ui/TextField";
import { isReference, KEPT } from "./values";

interface Props extends FieldProps {
  readonly value: string;
  readonly placeholder?: string;
  /** A key in PEM: its lines must stay lines. */
  readonly multiline?: boolean;
  readonly maxLength?: number;
  onChange(value: string): void;
}

/** A secret goes in and never comes out: one that is stored is kept, replaced or removed. */
export function SecretField({ value, multiline = false, placeholder, onChange, ...field }: Props) {
  // Only a form that began with a stored secret can go back to it.
  const [wasKept] = useState(value === KEPT);
  if (value === KEPT) return <KeptSecret {...field} onChange={onChange} />;
  const Control = multiline ? SecretArea : SecretLine;
  return (
    <div>
      <Control {...field} value={value} placeholder={placeholder} onChange={onChange} />
      {wasKept ? (
        <button
          type="button"
          onClick={() => onChange(KEPT)}
          className="mt-1 rounded text-xs font-medium text-accent hover:underline"
        >
          Keep the stored one
        </button>
      ) : null}
    </div>
  );
}

type ControlProps = Omit<Props, "multiline">;
const SecretLine = (props: ControlProps) => <TextField {...props} secret={!isReference(props.value)} />;

function KeptSecret({ onChange, ...field }: FieldProps & Pick<Props, "onChange">) {
  return (
    <Field {...field} hasDefault>
      {({ required, ...control }) => (
        <div className="flex min-h-8 items-center gap-1.5 rounded-lg border border-line bg-raised py-0.5 pr-1 pl-2.5">
          <Icon name="check" size={14} className="text-ok" />
          <span className="min-w-0 flex-1 truncate text-sm">Stored, unchanged</span>
          <Button
            {...control}
            size="small"
            variant="ghost"
            aria-label={`Replace ${field.label}`}
            onClick={() => onChange("")}
          >
            Replace
          </Button>
          {required ? null : (
            <Button size="small" variant="ghost" aria-label={`Remove ${field.label}`} onClick={() => onChange("")}>
              Remove
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}

function SecretArea({ value, placeholder, onChange, ...field }: ControlProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field {...field}>
      {(control) => (
        <div className="relative">
          <textarea
            {...control}
            value={value}
            rows={3}
            placeholder={placeholder}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
            className={`${FIELD} resize-y py-1.5 pr-16 font-mono text-xs ${shown || isReference(value) ? "" : "[-webkit-text-security:disc]"}`}
          />
          <button
            type="button"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute top-1 right-1 h-6 rounded px-2 text-xs text-muted hover:text-ink"
          >
            {shown ? "Hide" : "Show"}
          </button>
        </div>
      )}
    </Field>
  );
}
