import type { Field } from "./fields";
import { asNumber, asRows, asText, asTexts, asValues, type FieldValue, type Values } from "./values";

/** What is wrong, by the place of the field as the server names it: "name", "config.port", "config.tls.caPem". */
export type Problems = Readonly<Record<string, string>>;

/** What can be told without the server: what is missing, and what is no number or no JSON. The server checks the rest. */
export function findProblems(fields: readonly Field[], values: Values, prefix = "config."): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const path = prefix + field.key;
    const value = values[field.key];
    if (field.kind === "group") {
      Object.assign(problems, findProblems(field.fields, asValues(value), `${path}.`));
      continue;
    }
    const problem = problemOf(field, value);
    if (problem) problems[path] = problem;
  }
  return problems;
}

function problemOf(field: Field, value: FieldValue | undefined): string | undefined {
  if (field.required && isEmpty(field, value)) return "Fill this in.";
  if (field.kind === "number") return numberProblem(field, asNumber(value));
  if (field.kind === "json") return jsonProblem(asText(value));
  if (field.kind === "map")
    return mapProblem(
      asRows(value).map(({ name }) => name.trim()),
      asRows(value).map((row) => row.value),
    );
  return undefined;
}

function isEmpty(field: Field, value: FieldValue | undefined): boolean {
  if (field.kind === "list") return asTexts(value).every((row) => row.trim() === "");
  if (field.kind === "map") return asRows(value).length === 0;
  if (field.kind === "number") return asNumber(value) === null;
  return field.kind !== "switch" && asText(value).trim() === "";
}

type NumberField = Extract<Field, { kind: "number" }>;
function numberProblem({ integer, min, max }: NumberField, value: number | null): string | undefined {
  if (value === null) return undefined;
  if (!Number.isFinite(value)) return "Type a number.";
  if (integer && !Number.isInteger(value)) return "Type a whole number.";
  if (min !== null && value < min) return `Type ${min} or more.`;
  return max !== null && value > max ? `Type ${max} or less.` : undefined;
}

function jsonProblem(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `This is no JSON: ${error instanceof Error ? error.message : error}`;
  }
}

function mapProblem(names: readonly string[], values: readonly string[]): string | undefined {
  const nameless = names.findIndex((name, index) => name === "" && values[index] !== "");
  if (nameless >= 0) return "Give each value a name.";
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
  return twice === undefined ? undefined : `"${twice}" is there twice.`;
}

/**
 * The field that an error of the server speaks of: "config.tls.caPem" is that field of the group, "config.targets.1" the
 * second row of `config.targets`. @returns null when no field of the config is meant
 */
export function locateField(fields: readonly Field[], place: string): { path: string; row: number | null } | null {
  const [room, ...keys] = place.split(".");
  if (room !== "config") return null;
  let among = fields;
  for (const [depth, key] of keys.entries()) {
    const field = among.find((one) => one.key === key);
    if (!field) return null;
    const next = keys[depth + 1];
    if (field.kind === "group" && next !== undefined) among = field.fields;
    else {
      const path = `config.${keys.slice(0, depth + 1).join(".")}`;
      return { path, row: field.kind === "list" && next !== undefined && /^\d+$/.test(next) ? Number(next) : null };
    }
  }
  return null;
}
