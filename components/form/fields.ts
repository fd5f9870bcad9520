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
    | {
        readonly kind: "number";
        readonly integer: boolean;
        readonly min: number | null;
        readonly max: number | null;
        /** Of what is typed: "s", "%"; "" for plain numbers. */
        readonly unit: string;
        /** What is typed is this many times what is stored: 100 for a part that is typed as a percentage. */
        readonly times: number;
      }
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
  const kind = kindOf(key, schema);
  return {
    key,
    title: schema.title ?? titleOf(key),
    description: schema.description ?? "",
    placeholder: schema.placeholder ?? placeholderOf(schema.default, kind),
    required,
    advanced: schema.advanced === true,
    fallback: schema.default,
    ...kind,
  };
}

type Kind = Field extends infer F ? (F extends unknown ? Omit<F, keyof FieldBase> : never) : never;

function kindOf(key: string, schema: Schema): Kind {
  if (schema.secret) return { kind: "secret", multiline: schema.format === "multiline" };
  const choices = choicesOf(schema);
  if (choices) return { kind: "select", options: choices };
  switch (schema.type) {
    case "string":
      return { kind: schema.format === "multiline" ? "multiline" : "text" };
    case "integer":
    case "number":
      return numberKind(key, schema);
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

/** Units live in names: "probeTimeoutMs" is typed in ms, "warnRatio" as a percentage. */
function numberKind(key: string, { type, minimum, exclusiveMinimum, maximum }: Schema): Kind {
  const { unit, times } = UNITS[lastWord(key)] ?? { unit: "", times: 1 };
  const scale = (limit: number | undefined) => (limit === undefined ? null : toTyped(limit, times));
  return {
    kind: "number",
    integer: type === "integer",
    min: scale(minimum ?? exclusiveMinimum),
    max: scale(maximum),
    unit,
    times,
  };
}

const UNITS: Readonly<Record<string, { unit: string; times: number }>> = {
  ms: { unit: "ms", times: 1 },
  seconds: { unit: "s", times: 1 },
  minutes: { unit: "min", times: 1 },
  hours: { unit: "h", times: 1 },
  days: { unit: "days", times: 1 },
  bytes: { unit: "bytes", times: 1 },
  celsius: { unit: "°C", times: 1 },
  percent: { unit: "%", times: 1 },
  ratio: { unit: "%", times: 100 },
};

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

function placeholderOf(fallback: unknown, kind: Kind): string {
  if (typeof fallback === "number" && kind.kind === "number") return String(toTyped(fallback, kind.times));
  return typeof fallback === "string" || typeof fallback === "number" ? String(fallback) : "";
}

/** Without the digits that binary fractions add: 0.07 is 7 %. */
export const toTyped = (stored: number, times: number) => Number((stored * times).toPrecision(12));
export const toStored = (typed: number, times: number) => Number((typed / times).toPrecision(12));

const wordsOf = (key: string) =>
  key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(" ");
const lastWord = (key: string) => wordsOf(key).at(-1) ?? "";

/** "statementTimeoutMs" becomes "Statement timeout": the unit stands in the field. */
function titleOf(key: string): string {
  const words = wordsOf(key);
  const named = words.length > 1 && lastWord(key) in UNITS ? words.slice(0, -1) : words;
  const text = named.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
