import { z } from "zod";
import { isSecret } from "../plugins/sdk/config";

/** What a stored secret looks like from outside. Sent back unchanged, it keeps the stored value. */
const MASK = "***";

const hide = (value: unknown) => (value === undefined || value === "" ? value : MASK);

type Json = Readonly<Record<string, unknown>>;

/** The config with every secret that is set replaced by `***`, however deep. */
export const maskSecrets = (schema: z.core.$ZodType, config: Json): Record<string, unknown> =>
  walk(schema, config, undefined, hide) as Record<string, unknown>;

/** The entered config with every `***` replaced by what is stored there. */
export const keepSecrets = (schema: z.core.$ZodType, entered: Json, stored: Json): Record<string, unknown> =>
  walk(schema, entered, stored, (value, before) => (value === MASK ? before : value)) as Record<string, unknown>;

function walk(
  schema: z.core.$ZodType,
  value: unknown,
  stored: unknown,
  atSecret: (value: unknown, stored: unknown) => unknown,
): unknown {
  if (isSecret(schema)) return atSecret(value, stored);
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => {
        const field = inner.shape[key] as z.core.$ZodType | undefined;
        return [key, field ? walk(field, entry, fieldOf(stored, key), atSecret) : entry];
      }),
    );
  }
  if (inner instanceof z.ZodRecord && isRecord(value)) {
    const values = inner.valueType as z.core.$ZodType;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, walk(values, entry, fieldOf(stored, key), atSecret)]),
    );
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const element = inner.element as z.core.$ZodType;
    // Rows have no name of their own: a row keeps its secrets only while the rest of it is as it was stored.
    const rows = Array.isArray(stored) ? stored : [];
    const shown = rows.map((row) => JSON.stringify(walk(element, row, undefined, hide)));
    return value.map((entry) => walk(element, entry, rows[shown.indexOf(JSON.stringify(entry))], atSecret));
  }
  if (inner instanceof z.ZodUnion) {
    // A secret in any branch is a secret: walk each and keep the first that changed something.
    for (const option of inner.options as readonly z.core.$ZodType[]) {
      const walked = walk(option, value, stored, atSecret);
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
