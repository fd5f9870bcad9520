import { eq } from "drizzle-orm";
import type { Connection } from "../db/database";
import type { Retention } from "../metrics/store";
import { RETENTION_KEY } from "./open-retention";
import { RetentionSettings } from "./settings";

const DAY_MS = 86_400_000;

/**
 * The longest that anything is kept, as it is set; for what drops by itself and must not drop too early. Null when what is set cannot be
 * read.
 */
export async function readKept({ db, schema }: Connection): Promise<Retention | null> {
  const { settings } = schema;
  const [row] = await db.select().from(settings).where(eq(settings.key, RETENTION_KEY));
  const { data } = RetentionSettings.safeParse(row?.value ?? {});
  if (!data) return null;
  const rawDays = Math.max(data.rawDays, ...Object.values(data.plugins));
  return { rawMs: rawDays * DAY_MS, hourlyMs: data.hourlyDays * DAY_MS, dailyMs: data.dailyDays * DAY_MS };
}
