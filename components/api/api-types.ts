import type { Runtime } from "@/server/runtime";

export type ApiDocument = ReturnType<Runtime["apiDocument"]>;
type Methods = ApiDocument["paths"][string];
export type ApiOperation = Methods[string];
export type Schema = Readonly<Record<string, unknown>>;

/** An operation with its address, as the page shows it. */
export interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: ApiOperation;
}

/** By what they are about, in the document's order. */
export function groupEntries({ tags, paths }: ApiDocument): { name: string; entries: Entry[] }[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return tags.map(({ name }) => ({ name, entries: all.filter(({ operation }) => operation.tags.includes(name)) }));
}
