import type { Schema } from "./api-types";

/** A field as the page shows it. */
export interface Field {
  readonly name: string;
  /** In words: "list of Instance". */
  readonly type: string;
  readonly required: boolean;
  /** Meaning, limits and default. */
  readonly note: string;
  readonly fields: readonly Field[];
}

/**
 * What has a name is written out so many levels deep, and elsewhere told by that name; what has none is written out where it stands.
 */
export function describeFields(schema: unknown, components: Schema, deep: number): Field[] {
  const own = resolve(schema, components);
  const required = asList(own.required);
  const fields = Object.entries(asSchema(own.properties)).map(([name, field]) =>
    describeField(name, field, { required: required.includes(name), components, deep }),
  );
  const choices = choicesOf(own).filter((choice) => isObject(resolve(choice, components)));
  if (fields.length > 0 || choices.length < 2) return fields;
  return choices.map((choice) => ({
    ...{ name: labelOf(choice, components), type: "", required: false, note: "" },
    fields: describeFields(choice, components, deep),
  }));
}

interface At {
  readonly required: boolean;
  readonly components: Schema;
  readonly deep: number;
}
function describeField(name: string, schema: unknown, { required, components, deep }: At): Field {
  const { inner, isNamed } = innerOf(schema, components);
  return {
    name,
    type: typeText(schema),
    required,
    note: noteOf(asSchema(schema)),
    fields: isNamed && deep === 0 ? [] : describeFields(inner, components, isNamed ? deep - 1 : deep),
  };
}

/** What a list, a map or something that may be null is made of, and whether it has a name on the way there. */
function innerOf(schema: unknown, components: Schema): { inner: unknown; isNamed: boolean } {
  const own = resolve(schema, components);
  const isNamed = own !== schema;
  const [only, ...more] = choicesOf(own).filter((choice) => asSchema(choice).type !== "null");
  const map = typeof own.additionalProperties === "object" ? own.additionalProperties : undefined;
  const within = own.items ?? map ?? (more.length === 0 ? only : undefined);
  if (within === undefined) return { inner: own, isNamed };
  const found = innerOf(within, components);
  return { inner: found.inner, isNamed: isNamed || found.isNamed };
}

export function typeText(schema: unknown): string {
  const { $ref, const: value, enum: values, type, items, additionalProperties, ...own } = asSchema(schema);
  if (typeof $ref === "string") return $ref.split("/").at(-1) ?? "";
  if (value !== undefined) return JSON.stringify(value);
  if (Array.isArray(values)) return values.map((one) => JSON.stringify(one)).join(" | ");
  const choices = choicesOf(own);
  if (choices.length > 0) return [...new Set(choices.map(typeText))].join(" or ");
  if (type === "array") return `list of ${typeText(items)}`;
  if (type === "object" && typeof additionalProperties === "object") {
    const inner = typeText(additionalProperties);
    return inner === "anything" ? "object" : `map of ${inner}`;
  }
  return Array.isArray(type) ? type.join(" or ") : String(type ?? "anything");
}

function noteOf(schema: Schema): string {
  const { description, default: otherwise, minimum, maximum, maxLength, maxItems, writeOnly } = schema;
  return [
    description,
    writeOnly ? "Never comes back." : undefined,
    rangeText(minimum, maximum),
    maxLength === undefined ? undefined : `At most ${maxLength} characters.`,
    maxItems === undefined ? undefined : `At most ${maxItems}.`,
    otherwise === undefined ? undefined : `Otherwise ${JSON.stringify(otherwise)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function rangeText(minimum: unknown, maximum: unknown): string | undefined {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}.`;
  if (minimum !== undefined) return `From ${minimum} on.`;
  return maximum === undefined ? undefined : `Up to ${maximum}.`;
}

/** A value that fits, with no more in it than must be. */
export function sampleOf(schema: unknown, components: Schema, deep = 4): unknown {
  const own = resolve(schema, components);
  const { const: value, enum: values, default: otherwise, type, minimum, minItems } = own;
  if (value !== undefined) return value;
  if (Array.isArray(values)) return values[0];
  if (otherwise !== undefined) return otherwise;
  const [choice] = choicesOf(own);
  if (choice !== undefined) return deep > 0 ? sampleOf(choice, components, deep - 1) : {};
  switch ([type].flat()[0]) {
    case "string":
      return "...";
    case "boolean":
      return true;
    case "number":
    case "integer":
      return typeof minimum === "number" ? minimum : 0;
    case "array":
      return minItems && deep > 0 ? [sampleOf(own.items, components, deep - 1)] : [];
    default:
      return sampleObject(own, components, deep);
  }
}

function sampleObject({ properties, required }: Schema, components: Schema, deep: number): unknown {
  const fields = asSchema(properties);
  const names = asList(required).map(String);
  return Object.fromEntries(names.map((name) => [name, deep > 0 ? sampleOf(fields[name], components, deep - 1) : {}]));
}

/** What tells a shape from its neighbours: the constants in it. */
function labelOf(choice: unknown, components: Schema): string {
  const constants = Object.entries(asSchema(resolve(choice, components).properties)).flatMap(([name, field]) => {
    const { const: value, enum: values } = resolve(field, components);
    return value === undefined && !Array.isArray(values) ? [] : [`${name} ${typeText(field)}`];
  });
  return constants[0] ?? typeText(choice);
}

function resolve(schema: unknown, components: Schema): Schema {
  const own = asSchema(schema);
  return typeof own.$ref === "string" ? resolve(components[own.$ref.split("/").at(-1) ?? ""], components) : own;
}

const isObject = ({ properties }: Schema) => properties !== undefined;
const choicesOf = ({ anyOf, oneOf }: Schema): readonly unknown[] => [...asList(anyOf), ...asList(oneOf)];
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asSchema = (value: unknown): Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};
