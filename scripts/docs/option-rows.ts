/** The parts of a JSON Schema that a form has, as zod writes it. */
export interface Field {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly default?: unknown;
  readonly secret?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly items?: Field;
  readonly anyOf?: readonly Field[];
  readonly oneOf?: readonly Field[];
  readonly additionalProperties?: Field | boolean;
}

export interface OptionRow {
  /** As in the API: "tls.caPem". */
  readonly path: string;
  readonly kind: string;
  /** "required", "", or the default as JSON. */
  readonly otherwise: string;
  readonly meaning: string;
}

/** One row for each option of a plugin, those of groups under their group's name. */
export function listOptions(form: Field, prefix = ""): OptionRow[] {
  return Object.entries(form.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    if (field.properties) return listOptions(field, `${path}.`);
    const required = form.required?.includes(name) && field.default === undefined;
    return [
      { path, kind: kindOf(field), otherwise: required ? "required" : otherwiseOf(field), meaning: wordsOf(field) },
    ];
  });
}

function otherwiseOf(field: Field): string {
  const value = field.default;
  const isEmpty = value === undefined || value === "" || (typeof value === "object" && isEmptyObject(value));
  return isEmpty ? "" : JSON.stringify(value);
}

const isEmptyObject = (value: object | null) => value === null || Object.keys(value).length === 0;

function wordsOf({ title, description }: Field): string {
  if (title && description) return `${title}. ${description}`;
  return title ?? description ?? "";
}

function kindOf(field: Field): string {
  if (field.secret === true) return "secret";
  if (field.enum) return field.enum.map(String).join(", ");
  if (field.const !== undefined) return String(field.const);
  const choices = field.anyOf ?? field.oneOf;
  if (choices) return [...new Set(choices.map(kindOf))].join(" or ");
  if (field.type === "array") return field.items ? `list of ${kindOf(field.items)}` : "list";
  if (field.type === "object") return typeof field.additionalProperties === "object" ? "names and values" : "object";
  if (field.type === "integer" || field.type === "number") return `number${rangeOf(field)}`;
  if (field.type === "boolean") return "yes or no";
  return field.format === "multiline" ? "text of several lines" : "text";
}

/** What zod gives every integer says nothing. */
function rangeOf({ minimum, maximum }: Field): string {
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? String(minimum) : "";
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? String(maximum) : "";
  if (low && high) return `, ${low} to ${high}`;
  if (low) return `, at least ${low}`;
  return high ? `, at most ${high}` : "";
}
