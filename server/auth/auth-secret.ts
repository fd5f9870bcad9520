import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { secret } from "../../plugins/sdk/config";
import type { Connection } from "../db/database";
import { isSealed } from "../vault/cipher";
import type { Secrets } from "../vault/secret-reader";

/** In the table of settings. */
export const AUTH_SECRET = "accounts.secret";
export const AuthSecret = z.object({ secret: secret() });
const PLACE = { table: "settings", row: AUTH_SECRET };

/**
 * What cookies are signed with, and second factors encrypted: 256 random bits, made once for all processes. A new key of the vault
 * encrypts it anew and leaves everybody signed in.
 */
export async function openAuthSecret(
  { db, schema, dialect }: Connection,
  secrets: Pick<Secrets, "seal" | "open" | "explain">,
): Promise<string> {
  const { settings } = schema;
  const find = async () => {
    const [row] = await db.select().from(settings).where(eq(settings.key, AUTH_SECRET));
    return row && AuthSecret.parse(secrets.open(PLACE, row.value)).secret;
  };
  const found = await find();
  if (found === undefined || isSealed(found)) {
    const made = { secret: randomBytes(32).toString("base64url") };
    const row = { key: AUTH_SECRET, value: secrets.seal(PLACE, AuthSecret, made) };
    // One that nobody can read any more is as good as none: everybody signs in anew, and sets up second factors anew.
    if (found) await dialect.upsert(db, settings, [row], [settings.key]);
    // Another process may do the same at the same time: the first counts.
    else await dialect.insertIgnore(db, settings, [row]);
    return (await find()) ?? made.secret;
  }
  return found;
}
