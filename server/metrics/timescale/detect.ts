import type { SqlEngine, SqlValue } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import { isAtLeast, OLDEST } from "./version";

/**
 * What a PostgreSQL server has of TimescaleDB: nothing; the extension, not in this database; in this database, but the server did not
 * load it; without compression and continuous aggregates; too old; or all that the engine needs.
 */
export type TimescaleState = "absent" | "available" | "not-preloaded" | "apache-only" | "too-old" | "ready";

export interface Timescale {
  readonly state: TimescaleState;
  /** Of the extension in this database, else of the one that could be created there. */
  readonly version: string | null;
  /** For people: what it means, and what to do. Null where there is nothing to be done. */
  readonly advice: string | null;
}

/** Looks, and changes nothing. The license is known only where the library is loaded into the session. */
export async function detectTimescale(engine: SqlEngine): Promise<Timescale> {
  const [row] = await engine.query(`select
    (select default_version from pg_available_extensions where name = 'timescaledb'),
    (select extversion from pg_extension where extname = 'timescaledb'),
    current_setting('timescaledb.license', true)`);
  const [available, installed, license] = (row ?? []).map(textOf);
  return judge({ available: available ?? null, installed: installed ?? null, license: license ?? null });
}

const textOf = (value: SqlValue | undefined) => (typeof value === "string" && value !== "" ? value : null);

interface Found {
  readonly available: string | null;
  readonly installed: string | null;
  readonly license: string | null;
}

export function judge({ available, installed, license }: Found): Timescale {
  if (!installed) return explain(available ? "available" : "absent", available);
  if (!license) return explain("not-preloaded", installed);
  if (license === "apache") return explain("apache-only", installed);
  return explain(isAtLeast(installed, OLDEST) ? "ready" : "too-old", installed);
}

export function explain(state: TimescaleState, version: string | null): Timescale {
  return { state, version, advice: ADVICE[state] };
}

const ADVICE: Record<TimescaleState, string | null> = {
  absent: null,
  available:
    "TimescaleDB is installed on the server, but not in this database. Run there, as its owner: create extension timescaledb;",
  "not-preloaded":
    "TimescaleDB is installed, but the server does not load it. Put timescaledb into shared_preload_libraries of postgresql.conf and restart PostgreSQL.",
  "apache-only":
    "TimescaleDB runs under its Apache license, without compression and continuous aggregates, so samples are kept in Unity's own chunks. Its community edition, with timescaledb.license = 'timescale', has both.",
  "too-old": `TimescaleDB is older than ${OLDEST.join(".")}, so samples are kept in Unity's own chunks. Update it: alter extension timescaledb update;`,
  ready: null,
};

/** The server ends the connection when somebody creates the extension, or calls it, where it is not loaded. */
export const saysNotPreloaded = (error: unknown): boolean => /must be (pre)?loaded/i.test(messageOf(error));
