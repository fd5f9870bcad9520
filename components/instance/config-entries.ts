import { fieldText } from "./inventory-text";

/** One field of a configuration, to read. Secrets arrive as `***`. */
export interface ConfigEntry {
  readonly key: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Addresses and patterns, where every character counts. */
  readonly code: boolean;
}

/** @param form the config's JSON schema, whose titles name the fields; without it the keys do */
export function configEntries(
  config: Readonly<Record<string, unknown>>,
  form: Readonly<Record<string, unknown>> | undefined,
): ConfigEntry[] {
  return Object.entries(config)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const title = titleOf(form, key) ?? fieldText(key).title;
      const lines = linesOf(value);
      return { key, title, lines, code: typeof value === "object" || /[/*:=]/.test(lines.join()) };
    });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function titleOf(form: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined {
  const field = isRecord(form?.properties) ? form.properties[key] : undefined;
  return isRecord(field) && typeof field.title === "string" ? field.title : undefined;
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.map(lineOf))];
  if (isRecord(value)) return Object.entries(value).map(([key, inner]) => `${key}: ${lineOf(inner)}`);
  const line = lineOf(value);
  return line === "" ? [] : [line];
}

function lineOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isRecord(value))
    return Object.entries(value)
      .filter(([, inner]) => inner !== "" && inner !== undefined)
      .map(([key, inner]) => `${key} ${lineOf(inner)}`)
      .join(", ");
  return Array.isArray(value) ? value.map(lineOf).join(", ") : String(value);
}
