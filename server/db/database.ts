import type { SQL } from "drizzle-orm";
import type { PgColumn, PgInsertValue, PgTable, PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { PgRemoteDatabase } from "drizzle-orm/pg-proxy";
import type { Schema } from "../../drizzle/schema";
import type { SqlEngine } from "./sql-engine";
import type { Migrated } from "./sqlite-protocol";

/** PostgreSQL's drizzle type is the one static view of all databases. */
export type Database = PgRemoteDatabase;

/** Everything the databases spell differently. Nothing outside `server/db` branches on the dialect. */
export interface Dialect {
  readonly name: "sqlite" | "postgres" | "mysql";
  /** Inserts rows, skipping those whose key is there already. */
  insertIgnore<T extends PgTable>(db: Database, table: T, rows: PgInsertValue<T>[]): Promise<void>;
  /** Inserts rows, or replaces every column of those with this key. No key may come twice. */
  upsert<T extends PgTable>(db: Database, table: T, rows: PgInsertValue<T>[], key: PgColumn[]): Promise<void>;
  /** Changes the rows for which this holds, and says how many there were: of several who ask at once for one row, one is told of it. */
  updateCounted<T extends PgTable>(
    db: Database,
    table: T,
    set: PgUpdateSetSource<T>,
    where: SQL | undefined,
  ): Promise<number>;
  /** Deletes the rows for which this holds, and says how many there were. */
  deleteCounted(db: Database, table: PgTable, where: SQL | undefined): Promise<number>;
}

export interface Connection {
  readonly db: Database;
  readonly schema: Schema;
  readonly dialect: Dialect;
  /** The same database as the sample stores see it; of an embedded one, the file of the configuration. */
  readonly engine: SqlEngine;
  /** Of the database's program, as "PostgreSQL 16.4". */
  readonly version: string;
  /** What opening changed. */
  readonly migrated: Migrated;
  /**
   * Overwrites on the disk what rows held before, as far as that is in Unity's hands: an embedded database keeps nothing of it, servers
   * as they are set up.
   */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
