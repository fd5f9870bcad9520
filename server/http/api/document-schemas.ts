import { z } from "zod";
import { ANSWERS, DRAFTS } from "./named-schemas";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Turns zod's schemas into those of the document, and collects the ones that have a name. */
export function createSchemaWriter() {
  const components = new Map<string, JsonSchema>();
  const names = { input: registryOf(DRAFTS), output: registryOf(ANSWERS) };

  return {
    /** @param io "input": as it is sent; "output": as it is answered */
    write(schema: z.ZodType, io: "input" | "output"): JsonSchema {
      const written = z.toJSONSchema(schema, {
        io,
        unrepresentable: "any",
        metadata: names[io],
        override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema, io),
      });
      const { $defs = {}, $schema: _, ...own } = point(written) as JsonSchema;
      for (const [name, one] of Object.entries($defs)) components.set(name, one);
      return own;
    },
    /** By name. */
    components: (): Record<string, JsonSchema> =>
      Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function registryOf(named: Readonly<Record<string, z.ZodType>>) {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  return registry;
}

/** What JavaScript can count to is no rule of ours. */
const isOfJavaScript = (value: unknown) => Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;

/** A default on this machine, and another one elsewhere. */
const OWN_TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const OF_REQUESTS = [
  "default",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "pattern",
] as const;

function tidy(zodSchema: z.core.$ZodType, jsonSchema: JsonSchema, io: "input" | "output"): void {
  const { id: _, secret, advanced: __, placeholder: ___, ...meta } = z.globalRegistry.get(zodSchema) ?? {};
  Object.assign(jsonSchema, meta);
  // Never told: what is set comes back as `***`, which keeps it when it is sent again.
  if (secret === true && io === "input") jsonSchema.writeOnly = true;
  if (secret === true && io === "output") jsonSchema.description ??= "`***` where it is set.";
  delete jsonSchema.id;
  if (isOfJavaScript(jsonSchema.minimum)) delete jsonSchema.minimum;
  if (isOfJavaScript(jsonSchema.maximum)) delete jsonSchema.maximum;
  // A newer Unity may say more, and throws away what it does not know.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (JSON.stringify(jsonSchema.propertyNames) === '{"type":"string"}') delete jsonSchema.propertyNames;
  if (jsonSchema.default === OWN_TIME_ZONE) delete jsonSchema.default;
  // What comes is there, and as long as it is.
  if (io === "output") for (const key of OF_REQUESTS) delete jsonSchema[key];
}

/** Every reference leads to the document's components. */
function point(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(point);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === "$ref" && typeof one === "string" ? one.replace("#/$defs/", "#/components/schemas/") : point(one),
    ]),
  );
}
