"use client";

import { FormField } from "./FormField";
import type { Field } from "./fields";
import type { Problems } from "./problems";
import { asValues, type FieldValue, type Values } from "./values";

interface Props {
  readonly fields: readonly Field[];
  /** Where they stand: "config", "config.tls". */
  readonly path: string;
  readonly values: Values;
  readonly problems: Problems;
  onChange(values: Values): void;
}

const SHORT = new Set<Field["kind"]>(["text", "secret", "number", "select"]);
/** Two of a row where both are short; an address, which is what the plugin is about, has a row of its own. */
const isWide = (field: Field) =>
  !SHORT.has(field.kind) || (field.kind === "text" && field.required) || (field.kind === "secret" && field.multiline);

/** Fields in two columns, one on a narrow screen. */
export function FieldGrid({ fields, path, values, problems, onChange }: Props) {
  const set = (key: string, value: FieldValue) => onChange({ ...values, [key]: value });
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-x-4 gap-y-4 @md:grid-cols-2">
        {fields.map((field) => (
          <div key={field.key} className={`min-w-0 ${isWide(field) ? "@md:col-span-2" : ""}`}>
            {field.kind === "group" ? (
              <Group
                field={field}
                path={`${path}.${field.key}`}
                values={asValues(values[field.key])}
                problems={problems}
                onChange={(inner) => set(field.key, inner)}
              />
            ) : (
              <FormField
                field={field}
                value={values[field.key]}
                error={problems[`${path}.${field.key}`]}
                onChange={(value) => set(field.key, value)}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface GroupProps extends Omit<Props, "fields"> {
  readonly field: Extract<Field, { kind: "group" }>;
}

/** Settings that belong together, such as TLS. */
function Group({ field, ...rest }: GroupProps) {
  return (
    <fieldset className="min-w-0 rounded-xl border border-line px-3 pt-1 pb-3 sm:px-4 sm:pb-4">
      <legend className="-ml-1 px-1 text-sm font-medium">{field.title}</legend>
      {field.description === "" ? null : <p className="mb-3 text-xs text-muted">{field.description}</p>}
      <FieldGrid fields={field.fields} {...rest} />
    </fieldset>
  );
}
