import { z } from "zod";
import type { Access } from "../../trpc/init";
import { appRouter } from "../../trpc/router";

/** What a procedure says of itself. */
export interface Procedure {
  readonly type: "query" | "mutation" | "subscription";
  readonly access: Access | undefined;
  /** It shows what the caller sees and no more. */
  readonly filtered: boolean;
  readonly input: z.ZodType | undefined;
  readonly output: z.ZodType | undefined;
}

interface Definition {
  readonly type: Procedure["type"];
  readonly meta?: { readonly access?: Access; readonly filtered?: boolean };
  readonly inputs: readonly z.ZodType[];
  readonly output?: z.ZodType;
}

/** tRPC's types say nothing of what it was made of. */
const DEFINED = appRouter._def.procedures as unknown as Readonly<Record<string, { readonly _def: Definition }>>;

export const PROCEDURES: ReadonlyMap<string, Procedure> = new Map(
  Object.entries(DEFINED).map(
    ([
      path,
      {
        _def: { type, meta, inputs, output },
      },
    ]) => [path, { type, access: meta?.access, filtered: meta?.filtered ?? false, input: inputs[0], output }],
  ),
);

/** @throws Error for one that does not exist; a test looks at the whole table */
export function requireProcedure(path: string): Procedure {
  const procedure = PROCEDURES.get(path);
  if (!procedure) throw new Error(`There is no procedure ${path}.`);
  return procedure;
}

/** Of an input, as JSON Schema says it. */
export interface InputFields {
  readonly properties: Readonly<Record<string, z.core.JSONSchema.JSONSchema>>;
  readonly required: ReadonlySet<string>;
}

const known = new Map<string, InputFields>();

/** Written once a procedure, when it is asked for first. */
export function inputFieldsOf(path: string): InputFields {
  const before = known.get(path);
  if (before) return before;
  const { input } = requireProcedure(path);
  const schema: z.core.JSONSchema.JSONSchema = input
    ? z.toJSONSchema(input, { io: "input", unrepresentable: "any" })
    : {};
  const fields: InputFields = {
    properties: (schema.properties ?? {}) as InputFields["properties"],
    required: new Set(schema.required ?? []),
  };
  known.set(path, fields);
  return fields;
}
