import { type Field, toStored, toTyped } from "./fields";

/** How the server shows a secret that is stored. Sent back as it is, it keeps what is stored. */
export const KEPT = "***";

/** Where a secret is, is none: it is shown as it was typed. The same as in `server/secret-reference.ts`. */
export const isReference = (value: string) => /^(\$\{[A-Za-z_]\w*\}|file:\/.*)$/.test(value);

export interface MapRow {
  readonly name: string;
  readonly value: string;
}
/** What stands in a field. JSON fields and secrets hold text; numbers are as typed, NaN while that is no number. */
export type FieldValue = string | number | boolean | null | readonly string[] | readonly MapRow[] | Values;
export interface Values {
  readonly [key: string]: FieldValue;
}

type Config = Readonly<Record<string, unknown>>;

/**
 * Fields as a stored config needs them: where a list or text holds what its field cannot show (an object made through the
 * API), it becomes a JSON field, so that saving loses nothing.
 */
export function fieldsFor(fields: readonly Field[], config: Config): Field[] {
  return fields.map((field) => {
    const stored = config[field.key];
    if (field.kind === "group") return { ...field, fields: fieldsFor(field.fields, recordOf(stored)) };
    if (field.kind === "list" && Array.isArray(stored) && stored.some(isNested)) return { ...field, kind: "json" };
    if ((field.kind === "text" || field.kind === "multiline") && isNested(stored)) return { ...field, kind: "json" };
    return field;
  });
}

/** What the fields show of a config; what it leaves out shows the fallback where a field can. */
export function valuesOf(fields: readonly Field[], config: Config): Values {
  return Object.fromEntries(fields.map((field) => [field.key, shownValue(field, config[field.key])]));
}

function shownValue(field: Field, stored: unknown): FieldValue {
  switch (field.kind) {
    case "text":
    case "multiline":
    case "secret":
      return stored === undefined || stored === null ? "" : String(stored);
    case "number":
      return typeof stored === "number" ? toTyped(stored, field.times) : null;
    case "switch":
      return (stored ?? field.fallback) === true;
    case "select":
      return String(stored ?? field.fallback ?? "");
    case "list": {
      const list = stored ?? field.fallback;
      return Array.isArray(list) ? list.map(String) : [];
    }
    case "map":
      return Object.entries(recordOf(stored ?? field.fallback)).map(([name, value]) => ({
        name,
        value: String(value),
      }));
    case "group":
      return valuesOf(field.fields, recordOf(stored));
    case "json": {
      const shown = stored ?? field.fallback;
      return shown === undefined || (stored === undefined && isBlank(shown)) ? "" : JSON.stringify(shown, null, 2);
    }
    default:
      return field satisfies never;
  }
}

/** The config that the fields say. What is empty or as the plugin has it anyway is left out, and follows the plugin. */
export function configOf(fields: readonly Field[], values: Values): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const field of fields) {
    const entry = entryOf(field, values[field.key]);
    const same = JSON.stringify(entry) === JSON.stringify(field.fallback);
    if (entry !== undefined && (!same || field.required)) config[field.key] = entry;
  }
  return config;
}

function entryOf(field: Field, value: FieldValue | undefined): unknown {
  switch (field.kind) {
    case "text":
      return asText(value).trim() || undefined;
    case "multiline":
    case "secret":
    case "select":
      return asText(value) || undefined;
    case "number": {
      const typed = asNumber(value);
      return typed === null ? undefined : toStored(typed, field.times);
    }
    case "switch":
      return value === true || field.fallback !== undefined ? value === true : undefined;
    case "list": {
      const rows = asTexts(value).map((row) => row.trim());
      const filled = rows.filter((row) => row !== "");
      return filled.length === 0 && field.fallback === undefined ? undefined : filled;
    }
    case "map": {
      const rows = asRows(value).filter(({ name }) => name.trim() !== "");
      return rows.length === 0 ? undefined : Object.fromEntries(rows.map((row) => [row.name.trim(), row.value]));
    }
    case "group": {
      const inner = configOf(field.fields, asValues(value));
      return Object.keys(inner).length === 0 ? undefined : inner;
    }
    case "json":
      return parseJson(asText(value));
    default:
      return field satisfies never;
  }
}

/** @returns the text itself where it is no JSON: the form has said so by then, and the server refuses it */
function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const asText = (value: FieldValue | undefined): string => (typeof value === "string" ? value : "");
export const asNumber = (value: FieldValue | undefined): number | null => (typeof value === "number" ? value : null);
export const asTexts = (value: FieldValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((row): row is string => typeof row === "string") : [];
export const asRows = (value: FieldValue | undefined): readonly MapRow[] =>
  Array.isArray(value) ? value.filter((row): row is MapRow => typeof row === "object") : [];
export const asValues = (value: FieldValue | undefined): Values => (isValues(value) ? value : {});

const isValues = (value: FieldValue | undefined): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isBlank = (value: unknown) => ["[]", "{}"].includes(JSON.stringify(value));
const isNested = (value: unknown) => typeof value === "object" && value !== null;
const recordOf = (value: unknown): Record<string, unknown> =>
  isNested(value) && !Array.isArray(value) ? { ...value } : {};
