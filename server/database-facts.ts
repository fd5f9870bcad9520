import { getTableName } from "drizzle-orm";
import type { Connection } from "./db/database";
import type { Timescale } from "./metrics/timescale/detect";

/** The database itself, as the page about storage shows it. */
export interface DatabaseFacts {
  /** Where the data lies, for people: a file, or a server without the password. */
  readonly shown: string;
  /** "PostgreSQL 16.4". */
  readonly version: string;
  /** What the server has of TimescaleDB; null where it is another database. */
  readonly timescale: Timescale | null;
  /** Where samples are, when not in the database: a server without the password. */
  readonly samplesShown: string | null;
  /** Bytes on disk of every table of the configuration. */
  tables(): Promise<{ name: string; bytes: number }[]>;
}

export function createDatabaseFacts(
  { engine, schema, version }: Connection,
  { shown, timescale, samplesShown }: Pick<DatabaseFacts, "shown" | "timescale" | "samplesShown">,
): DatabaseFacts {
  const names = Object.values(schema).map(getTableName);
  return {
    shown,
    version,
    timescale,
    samplesShown,
    async tables() {
      const sizes = await engine.sizes(names);
      return names.map((name, index) => ({ name, bytes: sizes[index] ?? 0 }));
    },
  };
}
