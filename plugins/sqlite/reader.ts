/** What is asked of the program that reads databases, and what it answers: plain JSON. */

interface Opening {
  readonly path: string;
  /** Nobody has it open: it is read without its locks and logs, and nothing is left beside it. */
  readonly immutable: boolean;
  readonly busyTimeoutMs: number;
}
export type Question =
  | { readonly read: "header"; readonly path: string }
  | (Opening & { readonly read: "schema" })
  | (Opening & { readonly read: "rows"; readonly maxTables: number })
  | (Opening & { readonly read: "check"; readonly kind: "quick" | "full" });

/** Beside SQLite's own and the system's: it was written to while it was read as if nobody would. */
export const CHANGED = "CHANGED";
