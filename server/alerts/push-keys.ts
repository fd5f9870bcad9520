import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../db/database";
import type { PushKeys } from "./channels/channel";

/** In the table of settings. */
const KEY = "web_push_keys";
const Stored = z.object({ publicKey: z.string(), privateKey: z.string() });

/**
 * The keys that web pushes are signed with (VAPID, RFC 8292). Made once for all processes, and for good: browsers subscribe to them.
 */
export function createPushKeys({ db, schema, dialect }: Connection): () => Promise<PushKeys> {
  const { settings } = schema;
  let known: Promise<PushKeys> | undefined;

  async function find(): Promise<PushKeys | undefined> {
    const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
    return row ? Stored.parse(row.value) : undefined;
  }

  async function open(): Promise<PushKeys> {
    const found = await find();
    if (found) return found;
    const { default: webpush } = await import("web-push");
    const made = webpush.generateVAPIDKeys();
    // Another process may do the same at the same time: the first counts.
    await dialect.insertIgnore(db, settings, [{ key: KEY, value: made }]);
    return (await find()) ?? made;
  }

  return () => {
    known ??= open().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
