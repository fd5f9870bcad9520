import { eq } from "drizzle-orm";
import { z } from "zod";
import { secret } from "../../plugins/sdk/config";
import type { Connection } from "../db/database";
import { isSealed } from "../vault/cipher";
import type { Secrets } from "../vault/secret-reader";
import type { PushKeys } from "./channels/channel";

/** In the table of settings. */
export const PUSH_KEYS = "web_push_keys";
export const PushKeyPair = z.object({ publicKey: z.string(), privateKey: secret() });
const PLACE = { table: "settings", row: PUSH_KEYS };

/**
 * The keys that web pushes are signed with (VAPID, RFC 8292). Made once for all processes, and for good: browsers subscribe to them.
 */
export function createPushKeys(
  { db, schema, dialect }: Connection,
  secrets: Pick<Secrets, "seal" | "open" | "explain">,
): () => Promise<PushKeys> {
  const { settings } = schema;
  let known: Promise<PushKeys> | undefined;

  async function find(): Promise<PushKeys | undefined> {
    const [row] = await db.select().from(settings).where(eq(settings.key, PUSH_KEYS));
    if (!row) return undefined;
    const keys = PushKeyPair.parse(secrets.open(PLACE, row.value));
    if (!isSealed(keys.privateKey)) return keys;
    const { message } = secrets.explain(keys.privateKey);
    throw new Error(`The key that browsers know cannot be read: ${message}. Give Unity the key it had before.`);
  }

  async function open(): Promise<PushKeys> {
    const found = await find();
    if (found) return found;
    const { default: webpush } = await import("web-push");
    const made = webpush.generateVAPIDKeys();
    // Another process may do the same at the same time: the first counts.
    await dialect.insertIgnore(db, settings, [{ key: PUSH_KEYS, value: secrets.seal(PLACE, PushKeyPair, made) }]);
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
