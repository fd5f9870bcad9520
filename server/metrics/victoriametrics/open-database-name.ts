import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../../db/database";

const KEY = "metricsDatabase";
/** It stands in questions as it is. */
const Name = z.string().regex(/^[a-z0-9]{1,64}$/);

/** What tells this configuration's samples from those of others on one server: made once. Not moved: another database has other numbers for its series. */
export async function openDatabaseName({ db, schema, dialect }: Connection): Promise<string> {
  const { settings } = schema;
  const read = async () => {
    const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
    return Name.safeParse(row?.value).data;
  };
  const known = await read();
  if (known !== undefined) return known;
  const value = randomBytes(8).toString("hex");
  // Of processes that start at once, one is faster.
  await dialect.insertIgnore(db, settings, [{ key: KEY, value }]);
  const made = await read();
  if (made === undefined) throw new Error(`The setting ${KEY} is no name of letters and digits. Delete it.`);
  return made;
}
