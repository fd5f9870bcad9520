/**
 * A database as the sample stores see it: SQL without drizzle between, the same in every dialect but for what is named here.
 * Parameters are `?` everywhere. Numbers come back as numbers, whatever their width; binary as `Uint8Array`.
 */
export type SqlValue = string | number | null | Uint8Array;

export interface Statement {
  readonly sql: string;
  readonly params?: readonly SqlValue[];
}

/** Rows into a table, however many: the engine splits them as its database needs. Names are our own, never a user's. */
export interface Insert {
  readonly into: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** Where a row with the same primary key is there: keep that one, or put this one in its place. Without it, an error. */
  readonly conflict?: { readonly key: readonly string[]; readonly keep: "old" | "new" };
}
export type Step = Statement | Insert;

export interface SqlEngine {
  readonly dialect: "sqlite" | "postgres" | "mysql";
  /**
   * A table `wanted` with one column `value`, of whole numbers, to be joined: it takes one parameter, a JSON list. As in
   * `select ... from ${idTable} join t on t.series = wanted.value`.
   */
  readonly idTable: string;
  /** A binary column as a `select` names it: the driver may have a way that is shorter than the plain one. */
  bytes(column: string): string;
  /** @throws what the driver throws; the store makes it a `StoreUnavailable` */
  query(sql: string, params?: readonly SqlValue[]): Promise<SqlValue[][]>;
  /** All steps or none, in order. Answers with the rows each changed; a row that was replaced may count twice. */
  transaction(steps: readonly Step[]): Promise<number[]>;
  /** Gives the disk, or later rows, the room of what was deleted from these tables. Worth calling after much was. */
  reclaim(tables: readonly string[]): Promise<void>;
  /** Makes files small again that hold much air although little was deleted. For once a night; nothing where the database has none. */
  pack(tables: readonly string[]): Promise<void>;
  /** Bytes on disk of each of these tables, indexes included; a table that is not there has 0. */
  sizes(tables: readonly string[]): Promise<number[]>;
}
