import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../db/database";
import { Header, Position, START } from "./piece";

/** Stands among the settings of a database while something is moved into it, so that it can go on after an interruption. */
const Moving = z.object({
  header: Header,
  /** The database was empty when it began. */
  isFresh: z.boolean(),
  /** What is durable. */
  position: Position,
});
export type Moving = z.infer<typeof Moving>;

const KEY = "moving";

export async function readMoving({
  db,
  schema: { settings },
}: Pick<Connection, "db" | "schema">): Promise<Moving | undefined> {
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  // One that another version left is none.
  return Moving.safeParse(row?.value).data;
}

export const noteMoving = ({ db, dialect, schema: { settings } }: Connection, moving: Moving): Promise<void> =>
  dialect.upsert(db, settings, [{ key: KEY, value: moving }], [settings.key]);

export async function endMoving({ db, schema: { settings } }: Connection): Promise<void> {
  await db.delete(settings).where(eq(settings.key, KEY));
}

/** Where an archive goes on, or begins. @throws Error when the database has something else and is not to be merged with it */
export async function planMoving(
  connection: Connection,
  { header, merge, shown }: { header: Header; merge: boolean; shown: string },
): Promise<Moving> {
  const known = await readMoving(connection);
  if (known?.header.id === header.id) return known;
  const { db, schema } = connection;
  const instances = await db.select({ id: schema.plugins.id }).from(schema.plugins).limit(1_000);
  const series = await db.select({ id: schema.metricSeries.id }).from(schema.metricSeries).limit(1);
  const isFresh = instances.length === 0 && series.length === 0;
  if (known && !merge)
    throw new Error(
      `${shown} has a part of another archive (of ${new Date(known.header.createdAt).toISOString()}) that was not finished. Import that one again to finish it, or add --merge.`,
    );
  if (!isFresh && !merge)
    throw new Error(
      `${shown} has ${instances.length} instances already. Import into an empty database, or add --merge: what is there stays, and what is missing is added.`,
    );
  return { header, isFresh, position: START };
}
