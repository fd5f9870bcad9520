"use client";

import { Field, type FieldProps } from "./Field";
import { FIELD } from "./field-class";
import { IconButton } from "./IconButton";

interface Props extends FieldProps {
  readonly value: readonly string[];
  readonly placeholder?: string;
  /** What one is called: "target". */
  readonly itemName?: string;
  onChange(value: string[]): void;
}

/** Above, rows stand side by side where there is room. */
const MANY = 4;

/** Texts, one a row. Pasting several lines makes several rows. */
export function ListField({ value, placeholder, itemName = "row", onChange, ...field }: Props) {
  const rows = value.length === 0 ? [""] : value;
  const replace = (index: number, ...texts: string[]) => onChange(rows.toSpliced(index, 1, ...texts));
  return (
    <Field {...field}>
      {({ id, required, ...control }) => (
        <div className="@container flex flex-col gap-1.5">
          <div className={`grid gap-1.5 ${rows.length > MANY ? "gap-x-3 @md:grid-cols-2 @2xl:grid-cols-3" : ""}`}>
            {rows.map((text, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are texts that may be equal, and change while typed.
              <div key={index} className="flex min-w-0 items-center gap-1">
                <input
                  {...control}
                  id={index === 0 ? id : undefined}
                  aria-label={index === 0 ? undefined : `${field.label}, ${itemName} ${index + 1}`}
                  required={required && index === 0}
                  value={text}
                  placeholder={placeholder}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  onChange={(event) => replace(index, event.target.value)}
                  onPaste={(event) => {
                    const lines = event.clipboardData.getData("text").split(/\r?\n/).filter(Boolean);
                    if (lines.length < 2) return;
                    event.preventDefault();
                    replace(index, ...lines);
                  }}
                  className={`${FIELD} h-8 pointer-coarse:h-10`}
                />
                <IconButton
                  icon="close"
                  label={`Remove ${itemName} ${index + 1}`}
                  disabled={rows.length === 1 && text === ""}
                  onClick={() => onChange(rows.toSpliced(index, 1))}
                />
              </div>
            ))}
          </div>
          <button
            type="button"
            onClick={() => onChange([...rows, ""])}
            className="self-start rounded px-1 text-xs font-medium text-accent hover:underline"
          >
            Add {itemName}
          </button>
        </div>
      )}
    </Field>
  );
}
