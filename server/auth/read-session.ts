import { createHmac, timingSafeEqual } from "node:crypto";
import { and, eq, gt } from "drizzle-orm";
import type { Connection } from "../db/database";
import { DAY_S, SESSION_S } from "./session-times";

/** What better-auth signs a cookie with: HMAC-SHA-256 in base64. */
const SIGNED = /^(.+)\.([A-Za-z0-9+/]{43}=)$/;

export interface OpenSession {
  readonly id: string;
  readonly userId: string;
  /** A day old or more: it is to go on, and its cookie is to be set anew. */
  readonly isDue: boolean;
}

/**
 * The session of a cookie as better-auth sets it: `<token>.<signature>`, percent-encoded. Most of what comes only wants to know whose it
 * is, and better-auth need not be loaded for that.
 *
 * @returns undefined when it is not signed by `secret`, has ended or expired
 */
export async function readSession(
  { db, schema: { sessions } }: Connection,
  { cookie, secret, now }: { readonly cookie: string; readonly secret: string; readonly now: number },
): Promise<OpenSession | undefined> {
  const token = readToken(cookie, secret);
  if (token === undefined) return undefined;
  const [row] = await db
    .select({ id: sessions.id, userId: sessions.userId, expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, now)));
  return row && { id: row.id, userId: row.userId, isDue: row.expiresAt - (SESSION_S - DAY_S) * 1_000 <= now };
}

function readToken(cookie: string, secret: string): string | undefined {
  const [, token, signature] = SIGNED.exec(decode(cookie)) ?? [];
  if (token === undefined || signature === undefined) return undefined;
  const right = createHmac("sha256", secret).update(token).digest();
  return timingSafeEqual(right, Buffer.from(signature, "base64")) ? token : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
