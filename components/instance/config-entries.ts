import { formatText } from "@/components/format";
import { fieldText } from "./inventory-text";

/** One field of a configuration, to read. Secrets arrive as `***`. */
export interface ConfigEntry {
  readonly key: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Nobody set it: the plugin's own value holds. */
  readonly standard: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * What was set and what holds otherwise, in the order of the form.
 * @param form the config's JSON schema; without it (a plugin that is gone) only what was set, by its keys
 */
export function configEntries(config: Json, form: Json | undefined): ConfigEntry[] {
  const fields = isRecord(form?.properties) ? form.properties : {};
  const keys = new Set([...Object.keys(fields), ...Object.keys(config)]);
  return [...keys].flatMap((key) => {
    const field = isRecord(fields[key]) ? fields[key] : {};
    const standard = config[key] === undefined;
    const lines = linesOf(key, standard ? field.default : config[key]);
    if (standard && lines.length === 0) return [];
    return [{ key, title: typeof field.title === "string" ? field.title : fieldText(key).title, lines, standard }];
  });
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function linesOf(key: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    // Targets have a line each; words stand in a row.
    if (value.some(isRecord)) return [...new Set(value.map(lineOf))];
    return value.length === 0 ? [] : [value.map(lineOf).join(", ")];
  }
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([name, inner]) => {
      const line = lineOf(inner);
      return line === "" ? [] : [`${fieldText(name).title}: ${line}`];
    });
  }
  const line = typeof value === "number" ? numberText(key, value) : lineOf(value);
  return line === "" ? [] : [line];
}

function numberText(key: string, value: number): string {
  if (/Ms$/.test(key)) return formatText(value / 1_000, "seconds");
  const { unit } = fieldText(key);
  return unit === null ? String(value) : formatText(value, unit);
}

function lineOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(lineOf).filter(Boolean).join(", ");
  if (!isRecord(value)) return String(value);
  return Object.entries(value)
    .flatMap(([key, inner]) => {
      const line = lineOf(inner);
      return line === "" ? [] : [`${key} ${line}`];
    })
    .join(", ");
}
