"use client";

import { useSyncExternalStore } from "react";
import { Field, type FieldProps } from "@/components/ui/Field";
import { FIELD } from "@/components/ui/field-class";
import { TextField } from "@/components/ui/TextField";

interface Props extends FieldProps {
  readonly value: string;
  onChange(value: string): void;
}

/** A time of day, "07:30". The browser's own: quick to type, and a wheel on a phone. */
export function ClockField({ value, onChange, ...field }: Props) {
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          type="time"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${FIELD} num h-8 pointer-coarse:h-10`}
        />
      )}
    </Field>
  );
}

const never = () => () => {};
const NONE: readonly string[] = [];
let zones: readonly string[] | undefined;
/** What the browser knows: asked once, and not while the server draws, which may know others. */
const readZones = () => {
  zones ??= Intl.supportedValuesOf("timeZone");
  return zones;
};

export function ZoneField({ value, onChange, ...field }: Props) {
  const suggestions = useSyncExternalStore(never, readZones, () => NONE);
  return <TextField {...field} value={value} suggestions={suggestions} maxLength={64} onChange={onChange} />;
}
