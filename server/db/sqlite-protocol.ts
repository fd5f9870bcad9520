/** What the main thread and the SQLite worker say to each other. */
export type SqlValue = string | number | null | Uint8Array;

/** One statement; with `columns` it runs once a row, row i taking the i-th entry of each column. */
export interface Step {
  readonly sql: string;
  readonly params?: readonly SqlValue[];
  readonly columns?: readonly (readonly SqlValue[] | Float64Array)[];
}
export interface Migration {
  readonly hash: string;
  readonly at: number;
  readonly statements: readonly string[];
}

export type Request =
  | { readonly op: "query"; readonly sql: string; readonly params: readonly SqlValue[] }
  /** All steps or none. Answers with the rows each step changed. */
  | { readonly op: "transaction"; readonly steps: readonly Step[] }
  | { readonly op: "migrate"; readonly migrations: readonly Migration[]; readonly backupFile: string }
  | { readonly op: "close" };

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly code: string };
}
export interface WorkerOptions {
  readonly file: string;
}
