import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../../db/database";

const KEY = "metricsDatabase";
/** It stands in questions as it is. */
const Name = z.string().regex(/^[a-z0-9]{1,64}$/);

/** What tells this configuration's samples from those of others on one server: made once, and moved with the configuration. */
export async function openDatabaseName({ db, schema, dialect }: Connection): Promise<string> {
  const { settings } = schema;
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  const known = Name.safeParse(row?.value);
  if (known.success) return known.data;
  const value = randomBytes(8).toString("hex");
  await dialect.upsert(db, settings, { key: KEY, value }, [settings.key]);
  return value;
}
