import type { z } from "zod";
import { readCursor } from "./cursor";
import { Problem } from "./problem";
import type { InputFields } from "./procedures";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** How a parameter is written: one value, the same name again for each of a list, or `name[key]=value` for each of an object. */
export type Written = "value" | "list" | "object";

const NUMBER = /^-?\d{1,17}(\.\d{1,17})?$/;
const DEEP = /^([^[\]]+)\[([^[\]]+)\]$/;

export function writtenAs(schema: JsonSchema): Written {
  if (schema.type === "array") return "list";
  const isObject = ({ type }: { type?: unknown }) => type === "object";
  return isObject(schema) || (schema.oneOf ?? []).some((one) => typeof one === "object" && isObject(one))
    ? "object"
    : "value";
}

/**
 * The input that an address's query says. Texts become numbers and booleans where the schema wants them; what does not fit is left to the
 * procedure, which says what is wrong with it. `cursor` is read where it is a page's.
 * @throws Problem for a name that there is not: a filter that is mistyped would otherwise show everything
 */
export function readQuery(
  query: URLSearchParams,
  { properties }: Pick<InputFields, "properties">,
  { isPaged, taken }: { readonly isPaged: boolean; readonly taken: ReadonlySet<string> },
): Record<string, unknown> {
  const input = new Map<string, unknown>();
  for (const [key, text] of query) {
    const [, name = key, part] = DEEP.exec(key) ?? [];
    const schema = Object.hasOwn(properties, name) && !taken.has(name) ? properties[name] : undefined;
    if (!schema || (writtenAs(schema) === "object") !== (part !== undefined))
      throw new Problem(400, unknown(properties, taken), { field: key });
    input.set(name, addValue(input.get(name), { key, part, text, schema, isCursor: isPaged && name === "cursor" }));
  }
  return Object.fromEntries(
    [...input].map(([name, value]) => [name, value instanceof Map ? Object.fromEntries(value) : value]),
  );
}

interface Given {
  readonly key: string;
  readonly part: string | undefined;
  readonly text: string;
  readonly schema: JsonSchema;
  readonly isCursor: boolean;
}
function addValue(before: unknown, { key, part, text, schema, isCursor }: Given): unknown {
  if (part !== undefined) return asMap(before).set(part, text);
  if (writtenAs(schema) === "list") return [...asList(before), parseText(text, itemsOf(schema))];
  if (before !== undefined) throw new Problem(400, "It is there more than once.", { field: key });
  return isCursor ? readCursor(text) : parseText(text, schema);
}

function unknown(properties: InputFields["properties"], taken: ReadonlySet<string>): string {
  const names = Object.entries(properties)
    .filter(([name]) => !taken.has(name))
    .map(([name, schema]) => (writtenAs(schema) === "object" ? `${name}[...]` : name));
  return names.length > 0
    ? `There is no such parameter here. There are: ${names.join(", ")}.`
    : "There are no parameters here.";
}

function parseText(text: string, { type }: JsonSchema): unknown {
  if ((type === "number" || type === "integer") && NUMBER.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

const itemsOf = ({ items }: JsonSchema): JsonSchema =>
  typeof items === "object" && !Array.isArray(items) ? items : {};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asMap = (value: unknown): Map<string, string> => (value instanceof Map ? value : new Map());
