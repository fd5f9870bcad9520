import { stat } from "node:fs/promises";
import { createDatabase } from "../db/create-database";
import { DatabaseInUse } from "../db/database-lock";
import type { DatabasePlace } from "../db/database-place";
import type { Upgrading } from "../db/open";
import type { MetricsPlace } from "../metrics/victoriametrics/metrics-url";
import { openStores, openStoresToRead, type Stores } from "../open-stores";

/** Where something is moved from or to. */
export interface End {
  readonly database: DatabasePlace;
  /** Where its samples are, when not in the database. */
  readonly metrics: MetricsPlace | undefined;
}

/** For people: without passwords. */
export const showEnd = ({ database, metrics }: End) =>
  metrics ? `${database.shown} with ${metrics.shown}` : database.shown;

/** Alone where nobody else uses it, else beside the Unity that does. @throws Error when there is nothing */
export async function openSource(
  { database, metrics }: End,
  { say, upgrading }: { say: (line: string) => void; upgrading: Upgrading },
): Promise<{ stores: Stores; isRunning: boolean }> {
  if (database.kind === "sqlite") {
    // Opening would make it.
    await stat(database.file).catch(() => {
      throw new Error(`${database.shown} is not there. Name the database with --from or DATABASE_URL.`);
    });
  }
  const elsewhere = metrics && { place: metrics };
  try {
    return { stores: await openStores(database, { samples: "kept", metrics: elsewhere, upgrading }), isRunning: false };
  } catch (error) {
    if (!(error instanceof DatabaseInUse)) throw error;
  }
  say(
    `A running Unity uses ${database.shown}. What it collected in the last seconds is in its memory, and is left out.`,
  );
  return { stores: await openStoresToRead(database, elsewhere), isRunning: true };
}

/** A database is created when it is missing. @param samples on PostgreSQL: "auto" uses TimescaleDB where it is */
export async function openTarget(
  { database, metrics }: End,
  { samples, upgrading }: { samples: "auto" | "chunks"; upgrading?: Upgrading },
): Promise<Stores> {
  if (database.kind !== "sqlite") await createDatabase(database);
  return openStores(database, { samples, metrics: metrics && { place: metrics }, upgrading });
}

export async function closeEnd({ store, close }: Stores): Promise<void> {
  await store.close();
  await close();
}
