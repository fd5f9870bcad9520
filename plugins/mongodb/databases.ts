import { readPartEvery, toLabel } from "../sdk";
import { SLOW_SECONDS } from "./metrics";
import { DatabaseList, DatabaseStats, parseAnswer } from "./parse";
import type { Survey } from "./survey";

export interface Database {
  readonly database: string;
  readonly sizeBytes: number | null;
  readonly indexBytes: number | null;
  readonly objects: number | null;
}
export interface Databases {
  readonly databases: readonly Database[];
  readonly truncated: boolean;
}

const NONE: Databases = { databases: [], truncated: false };

/** The largest databases; seldom, because the server looks into every collection. */
export async function collectDatabases(survey: Survey): Promise<Databases> {
  const { report, context } = survey;
  if (!context.config.collectDatabases) return NONE;
  await readPartEvery(context, report, { key: "databases", seconds: SLOW_SECONDS }, async () => {
    context.memory.keep("list", await readDatabases(survey));
  });
  return context.memory.recall<Databases>("list")?.value ?? NONE;
}

async function readDatabases({ report, ask, context }: Survey): Promise<Databases> {
  const { maxDatabases } = context.config;
  const command = { listDatabases: 1, nameOnly: false };
  const { databases: all } = parseAnswer(DatabaseList, await ask({ db: "admin", command }), "listDatabases");
  const largest = [...all].sort((a, b) => (b.sizeOnDisk ?? 0) - (a.sizeOnDisk ?? 0)).slice(0, maxDatabases);
  const found: Database[] = [];
  let stats: DatabaseStats | undefined;
  for (const { name } of largest) {
    stats = parseAnswer(DatabaseStats, await ask({ db: name, command: { dbStats: 1 } }), "dbStats");
    const database = toLabel(name);
    const { storageSize, indexSize, objects } = stats;
    if (storageSize !== undefined) report("mongodb_database_size_bytes", storageSize, { database });
    if (indexSize !== undefined) report("mongodb_database_index_bytes", indexSize, { database });
    if (objects !== undefined) report("mongodb_database_objects", objects, { database });
    found.push({ database, sizeBytes: storageSize ?? null, indexBytes: indexSize ?? null, objects: objects ?? null });
  }
  // The same of each, when all data lies in one place.
  const { fsUsedSize: used, fsTotalSize: size } = stats ?? {};
  if (used !== undefined && size !== undefined && size > 0) report("mongodb_fs_used_ratio", used / size);
  return { databases: found, truncated: all.length > largest.length };
}
