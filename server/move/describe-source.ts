import { createHash } from "node:crypto";
import { v7 as uuid } from "uuid";
import { version } from "../../package.json";
import type { Connection } from "../db/database";
import type { MetricStore } from "../metrics/store";
import type { Header } from "./piece";

export interface Source {
  readonly connection: Pick<Connection, "db" | "schema" | "version">;
  readonly store: MetricStore;
  /** Nothing is read from the connection any more. */
  tablesRead?(): Promise<void>;
}

/** @param isRunning a Unity collects into it meanwhile @param runs the list of runs, which is long and of interest for a week */
export async function describeSource(
  source: Source,
  { isRunning, runs }: { isRunning: boolean; runs: boolean },
): Promise<Header> {
  const { connection, store } = source;
  const { samples } = await store.stats();
  const createdAt = Date.now();
  return {
    format: 1,
    unity: version,
    id: uuid(),
    createdAt,
    source: connection.version,
    until: isRunning ? createdAt : Number.MAX_SAFE_INTEGER,
    starts: store.rollups?.starts() ?? null,
    fingerprint: await fingerprintOf(source),
    samples,
    runs,
  };
}

/** Of the instances, the settings, and of what is kept of the past. */
async function fingerprintOf({ connection: { db, schema }, store }: Source): Promise<string> {
  const { plugins, settings } = schema;
  const hash = createHash("sha256").update(JSON.stringify(store.rollups?.starts() ?? null));
  for (const [series, start] of store.rollups?.ownStarts?.() ?? []) hash.update(`${series} ${start}\n`);
  for (const { id, updatedAt } of await db
    .select({ id: plugins.id, updatedAt: plugins.updatedAt })
    .from(plugins)
    .orderBy(plugins.id))
    hash.update(`${id} ${updatedAt}\n`);
  for (const { key, value } of await db.select().from(settings).orderBy(settings.key))
    hash.update(`${key} ${JSON.stringify(value)}\n`);
  return hash.digest("base64url");
}
