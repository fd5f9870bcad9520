"use client";

import { useState } from "react";
import { Field, type FieldProps } from "../ui/Field";
import { FIELD } from "../ui/field-class";
import { IconButton } from "../ui/IconButton";
import { isReference, KEPT, type MapRow } from "./values";

interface Props extends FieldProps {
  readonly value: readonly MapRow[];
  /** Values are hidden while typed; stored ones are kept until they are replaced. */
  readonly secret: boolean;
  onChange(value: MapRow[]): void;
}

/** Names with values, one pair a row. */
export function MapField({ value, secret, onChange, ...field }: Props) {
  const [shown, setShown] = useState(false);
  const rows = value.length === 0 ? [{ name: "", value: "" }] : value;
  const change = (index: number, part: Partial<MapRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part, ...forget(row, part) } : row)));
  return (
    <Field {...field} hasDefault={false}>
      {({ id, required, ...control }) => (
        <div className="flex flex-col gap-1.5">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal or empty, and change while typed.
            <div key={index} className="flex items-center gap-1">
              <input
                {...control}
                id={index === 0 ? id : undefined}
                aria-label={`${field.label}, name ${index + 1}`}
                value={row.name}
                placeholder="Name"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => change(index, { name: event.target.value })}
                className={`${FIELD} h-8 basis-2/5 pointer-coarse:h-10`}
              />
              <input
                aria-label={`${field.label}, value ${index + 1}`}
                type={secret && !shown && !isReference(row.value) ? "password" : "text"}
                value={row.value === KEPT ? "" : row.value}
                placeholder={row.value === KEPT ? "Stored, unchanged" : "Value"}
                autoComplete={secret ? "new-password" : "off"}
                spellCheck={false}
                onChange={(event) => change(index, { value: event.target.value })}
                className={`${FIELD} h-8 basis-3/5 pointer-coarse:h-10`}
              />
              <IconButton
                icon="close"
                label={`Remove ${row.name || `row ${index + 1}`}`}
                disabled={rows.length === 1 && row.name === "" && row.value === ""}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              />
            </div>
          ))}
          <div className="flex gap-3 text-xs font-medium text-accent">
            <button
              type="button"
              onClick={() => onChange([...rows, { name: "", value: "" }])}
              className="rounded px-1 hover:underline"
            >
              Add row
            </button>
            {secret && rows.some((row) => row.value !== "" && row.value !== KEPT) ? (
              <button
                type="button"
                aria-pressed={shown}
                onClick={() => setShown(!shown)}
                className="rounded px-1 hover:underline"
              >
                {shown ? "Hide values" : "Show values"}
              </button>
            ) : null}
          </div>
        </div>
      )}
    </Field>
  );
}

/** A stored value is found by its name: under another name there is none. */
const forget = (row: MapRow, { name }: Partial<MapRow>): Partial<MapRow> =>
  name !== undefined && row.value === KEPT ? { value: "" } : {};
