import { z } from "zod";
import { isSecret } from "../plugins/sdk/config";
import { isReference } from "./secret-reference";
import { Secret } from "./secrets";

/** What a stored secret looks like from outside. Sent back unchanged, it keeps the stored value. */
const MASK = "***";

/** Where a secret is, is none: whoever sees `${NAME}` or `file:/path` knows as little as before. */
const hide = (value: unknown) => (value === undefined || value === "" || isReference(value) ? value : MASK);

type Json = Readonly<Record<string, unknown>>;

type AtSecret = (value: unknown, stored: unknown, path: readonly string[]) => unknown;

/** The config with every secret that is set replaced by `***`, however deep. References to secrets stay. */
export const maskSecrets = (schema: z.core.$ZodType, config: Json): Record<string, unknown> =>
  maskFields(schema, config) as Record<string, unknown>;

/** As `maskSecrets`, of whatever the schema is for. */
export const maskFields = (schema: z.core.$ZodType, value: unknown): unknown =>
  walk(schema, { value, stored: undefined, path: [] }, hide);

/** The config with every secret that is set as a `Secret`, however deep: for who must know that one is another one, and no more. */
export const wrapSecrets = (schema: z.core.$ZodType, config: Json): Record<string, unknown> =>
  walk(schema, { value: config, stored: undefined, path: [] }, (value) =>
    hide(value) === value ? value : new Secret(JSON.stringify(value)),
  ) as Record<string, unknown>;

/** The entered config with every `***` replaced by what is stored there. */
export const keepSecrets = (schema: z.core.$ZodType, entered: Json, stored: Json): Record<string, unknown> =>
  walk(schema, { value: entered, stored, path: [] }, (value, before) => (value === MASK ? before : value)) as Record<
    string,
    unknown
  >;

/** The config with every text in a secret field changed, however deep. */
export const mapSecrets = (
  schema: z.core.$ZodType,
  config: Json,
  change: (text: string, path: readonly string[]) => string,
): Record<string, unknown> =>
  walk(schema, { value: config, stored: undefined, path: [] }, (value, _, path) =>
    typeof value === "string" ? change(value, path) : value,
  ) as Record<string, unknown>;

interface At {
  readonly value: unknown;
  readonly stored: unknown;
  readonly path: readonly string[];
  /** One of several shapes: what this one does not know, another one may. */
  readonly isChoice?: boolean;
}

function walk(schema: z.core.$ZodType, at: At, atSecret: AtSecret): unknown {
  const { value, stored, path } = at;
  if (isSecret(schema)) return atSecret(value, stored, path);
  const inner = unwrap(schema);
  const within = (field: z.core.$ZodType, key: string, entry: unknown) =>
    walk(field, { value: entry, stored: fieldOf(stored, key), path: [...path, key] }, atSecret);
  if (inner instanceof z.ZodObject && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => {
        const field = inner.shape[key] as z.core.$ZodType | undefined;
        if (field) return [key, within(field, key, entry)];
        // Of what a schema does not know (another version did, or somebody erred) nothing is known not to be secret.
        return [key, at.isChoice ? entry : atSecret(entry, fieldOf(stored, key), [...path, key])];
      }),
    );
  }
  if (inner instanceof z.ZodRecord && isRecord(value)) {
    const values = inner.valueType as z.core.$ZodType;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, within(values, key, entry)]));
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const element = inner.element as z.core.$ZodType;
    // Rows have no name of their own: a row keeps its secrets only while the rest of it is as it was stored.
    const rows = Array.isArray(stored) ? stored : [];
    const shown = rows.map((row) => JSON.stringify(maskFields(element, row)));
    return value.map((entry, index) => {
      const before = rows[shown.indexOf(JSON.stringify(entry))];
      return walk(element, { value: entry, stored: before, path: [...path, `${index}`] }, atSecret);
    });
  }
  if (inner instanceof z.ZodUnion) {
    // A secret in any branch is a secret: walk each and keep the first that changed something.
    for (const option of inner.options as readonly z.core.$ZodType[]) {
      const walked = walk(option, { ...at, isChoice: true }, atSecret);
      if (JSON.stringify(walked) !== JSON.stringify(value)) return walked;
    }
  }
  return value;
}

/** The schema below `.optional()`, `.default()`, `.prefault()`, `.nullable()` and preprocessing. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let current = schema;
  for (;;) {
    const def = current._zod.def as { innerType?: z.core.$ZodType; out?: z.core.$ZodType };
    const next = def.innerType ?? def.out;
    if (!next) return current;
    current = next;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const fieldOf = (value: unknown, key: string) =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
