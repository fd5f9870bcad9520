import type { SqlValue, Step } from "./sql-engine";

export interface Migration {
  readonly hash: string;
  readonly at: number;
  readonly statements: readonly string[];
}
/** What opening changed: how many migrations, and where the copy from before lies, if there was anything to copy. */
export interface Migrated {
  readonly applied: number;
  readonly backup: string | null;
  /** The file that the configuration of before was kept in as well, where that was asked for. */
  readonly archive?: string | undefined;
}

/** What the main thread and the SQLite worker say to each other. */
export type Request =
  | { readonly op: "query"; readonly sql: string; readonly params: readonly SqlValue[] }
  /** All steps or none. Answers with the rows each step changed. */
  | { readonly op: "transaction"; readonly steps: readonly Step[] }
  /** Statements without parameters, run to their end; their rows are dropped. */
  | { readonly op: "script"; readonly sql: string }
  /** @param backupFile where a copy goes before @param mayGoWithout it goes on where that cannot be made */
  | {
      readonly op: "migrate";
      readonly migrations: readonly Migration[];
      readonly backupFile: string;
      readonly mayGoWithout: boolean;
    }
  | { readonly op: "close" };

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly code: string };
}
export interface WorkerOptions {
  readonly file: string;
}
