import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Write } from "../../alerts/book";
import type { Connection } from "../../db/database";
import { CONFIG_KINDS } from "../shapes";
import type { Remembered } from "./decide";

/** In the table of settings. */
const KEY = "provision.applied";

const Rows = z.array(
  z.object({
    kind: z.enum(CONFIG_KINDS),
    id: z.string(),
    name: z.string(),
    file: z.string(),
    fileHash: z.string(),
    liveHash: z.string(),
    kept: z.string().optional(),
  }),
);

/** What was applied from files, by everybody on this database. */
export function createRememberedTable({ db, schema, dialect }: Connection) {
  const { settings } = schema;
  return {
    async read(): Promise<readonly Remembered[]> {
      const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
      const stored = Rows.safeParse(row?.value ?? []);
      // Of what another version remembers nothing is known: everything that differs is shown, and nothing is written over.
      return stored.data ?? [];
    },
    write:
      (rows: readonly Remembered[]): Write =>
      (tx) =>
        dialect.upsert(tx, settings, [{ key: KEY, value: rows }], [settings.key]),
    save: (rows: readonly Remembered[]) => dialect.upsert(db, settings, [{ key: KEY, value: rows }], [settings.key]),
  };
}
