/**
 * A plugin's config as form fields, read from its JSON Schema. What a form cannot draw well (lists of objects, unions)
 * becomes a JSON field, so that nothing is out of reach.
 */
interface FieldBase {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly placeholder: string;
  readonly required: boolean;
  readonly advanced: boolean;
  /** What applies when the field is left empty. */
  readonly fallback: unknown;
}
export type Field = FieldBase &
  (
    | { readonly kind: "text" | "multiline" }
    | { readonly kind: "secret"; readonly multiline: boolean }
    | { readonly kind: "number"; readonly integer: boolean; readonly min: number | null; readonly max: number | null }
    | { readonly kind: "switch" }
    | { readonly kind: "select"; readonly options: readonly string[] }
    /** Strings, one a line. */
    | { readonly kind: "list" }
    /** Names with string values. */
    | { readonly kind: "map"; readonly secret: boolean }
    | { readonly kind: "group"; readonly fields: readonly Field[] }
    | { readonly kind: "json" }
  );

interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly secret?: boolean;
  readonly advanced?: boolean;
  readonly format?: string;
}

/** Required fields first, then the rest in the plugin's order; advanced ones are for the folded part. */
export function fieldsOf(form: Readonly<Record<string, unknown>>): Field[] {
  // The server made it with zod from the plugin's definition.
  const { properties = {}, required = [] } = form as Schema;
  const fields = Object.entries(properties).map(([key, schema]) => fieldOf(key, schema, required.includes(key)));
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

function fieldOf(key: string, schema: Schema, required: boolean): Field {
  return {
    key,
    title: schema.title ?? titleOf(key),
    description: schema.description ?? "",
    placeholder: schema.placeholder ?? placeholderOf(schema.default),
    required,
    advanced: schema.advanced === true,
    fallback: schema.default,
    ...kindOf(schema),
  };
}

type Kind = Field extends infer F ? (F extends unknown ? Omit<F, keyof FieldBase> : never) : never;

function kindOf(schema: Schema): Kind {
  if (schema.secret) return { kind: "secret", multiline: schema.format === "multiline" };
  const choices = choicesOf(schema);
  if (choices) return { kind: "select", options: choices };
  switch (schema.type) {
    case "string":
      return { kind: schema.format === "multiline" ? "multiline" : "text" };
    case "integer":
    case "number":
      return {
        kind: "number",
        integer: schema.type === "integer",
        min: schema.minimum ?? schema.exclusiveMinimum ?? null,
        max: schema.maximum ?? null,
      };
    case "boolean":
      return { kind: "switch" };
    case "array":
      return takesStrings(schema.items) ? { kind: "list" } : { kind: "json" };
    case "object":
      return objectKind(schema);
    default:
      return { kind: takesStrings(schema) ? "text" : "json" };
  }
}

function objectKind(schema: Schema): Kind {
  if (schema.properties && Object.keys(schema.properties).length > 0)
    return { kind: "group", fields: fieldsOf({ ...schema }) };
  const values = schema.additionalProperties;
  if (typeof values === "object" && takesStrings(values)) return { kind: "map", secret: values.secret === true };
  return { kind: "json" };
}

function choicesOf({ enum: choices, anyOf }: Schema): string[] | undefined {
  const values =
    choices ?? (anyOf?.every((option) => "const" in option) ? anyOf.map((option) => option.const) : undefined);
  return values && values.length > 0 ? values.map(String) : undefined;
}

/** A string, or a union that has one: a shorthand such as "host:port" is easier to type than an object. */
function takesStrings(schema: Schema | undefined): boolean {
  if (!schema) return false;
  return schema.type === "string" || (schema.anyOf?.some((option) => option.type === "string") ?? false);
}

function placeholderOf(fallback: unknown): string {
  return typeof fallback === "string" || typeof fallback === "number" ? String(fallback) : "";
}

/** "statementTimeoutMs" becomes "Statement timeout (ms)". */
function titleOf(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(" ");
  const unit = { ms: "ms", seconds: "s", days: "days", bytes: "bytes" }[words.at(-1) ?? ""];
  const text = (unit && words.length > 1 ? words.slice(0, -1) : words).join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${unit && words.length > 1 ? ` (${unit})` : ""}`;
}
