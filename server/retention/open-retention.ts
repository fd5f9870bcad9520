import { eq } from "drizzle-orm";
import type { Prepared } from "../alerts/changes";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import type { Log } from "../log";
import { DEFAULT_RETENTION, RetentionSettings } from "./settings";

/** In the table of settings. */
export const RETENTION_KEY = "retention";

/** What is set, in memory, with the database behind it. Applied by the task of the night. */
export interface RetentionBook {
  get(): RetentionSettings;
  /** As it is in the database: another process may have set it. */
  read(): Promise<RetentionSettings>;
  /** @throws UnityError `invalid`, naming the field */
  set(settings: RetentionSettings): Promise<void>;
  /** Somebody set it. */
  isSet(): boolean;
  /** To be written with other things. @throws as `set` */
  prepare(settings: RetentionSettings): Prepared;
}

export async function openRetention({ db, schema, dialect }: Connection, log: Log): Promise<RetentionBook> {
  const { settings } = schema;
  let known = DEFAULT_RETENTION;
  let isSet = false;

  async function read(): Promise<RetentionSettings> {
    const [row] = await db.select().from(settings).where(eq(settings.key, RETENTION_KEY));
    const stored = RetentionSettings.safeParse(row?.value ?? {});
    if (!stored.success)
      log.warn({ err: stored.error }, "what is set about retention cannot be read, so the defaults apply; set it anew");
    known = stored.data ?? DEFAULT_RETENTION;
    isSet = row !== undefined;
    return known;
  }

  function prepare(next: RetentionSettings): Prepared {
    requireOrder(next);
    return {
      write: (tx) => dialect.upsert(tx, settings, [{ key: RETENTION_KEY, value: next }], [settings.key]),
      async done() {
        known = next;
        isSet = true;
      },
    };
  }

  await read();
  return {
    get: () => known,
    read,
    async set(next) {
      const { write, done } = prepare(next);
      await write(db);
      await done();
    },
    isSet: () => isSet,
    prepare,
  };
}

/** Hours are made from samples and days from hours, and late samples need the hours of their time. */
function requireOrder({ rawDays, hourlyDays, dailyDays, plugins }: RetentionSettings): void {
  const longest = Math.max(rawDays, ...Object.values(plugins));
  if (hourlyDays < longest) {
    const message = `Hourly averages are kept at least as long as exact samples: ${longest} days or more.`;
    throw new UnityError("invalid", message, { field: "hourlyDays" });
  }
  if (dailyDays < hourlyDays) {
    const message = `Daily averages are kept at least as long as hourly ones: ${hourlyDays} days or more.`;
    throw new UnityError("invalid", message, { field: "dailyDays" });
  }
}
