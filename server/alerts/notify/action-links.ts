import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { eq, like } from "drizzle-orm";
import { z } from "zod";
import type { Clock } from "../../clock";
import type { Connection } from "../../db/database";
import type { Secret } from "../../secrets";

/** What a link in a message does when it is followed and confirmed. */
const DEEDS = ["acknowledge", "snooze"] as const;
export type LinkDeed = (typeof DEEDS)[number];

export interface LinkClaim {
  /** The message that it came in: what it tells of is acknowledged or snoozed. */
  readonly messageId: string;
  readonly deed: LinkDeed;
  readonly expiresAt: number;
}

/** Signed, for one deed, for a day, and once. */
export interface ActionLinks {
  sign(messageId: string, deed: LinkDeed): string;
  /** "bad": not made here, or changed. */
  read(token: string): LinkClaim | "bad" | "expired";
  /** Whether it was used already. */
  isUsed(token: string): Promise<boolean>;
  /** Uses it. False when somebody did before, also in this very moment and in another process. */
  use(token: string, claim: LinkClaim): Promise<boolean>;
  /** It was not used after all: nothing came of it. */
  giveBack(token: string): Promise<void>;
  /** Forgets those that are expired anyway. */
  prune(): Promise<void>;
}

const EXPIRES_AFTER_MS = 24 * 3_600_000;
const SIGNATURE_BYTES = 24;
const ID_BYTES = 16;
/** The message, the deed, the minute it ends in. */
const BODY_BYTES = ID_BYTES + 1 + 4;
const MINUTE_MS = 60_000;
const USED = "notify.used.";
const Used = z.object({ by: z.string(), until: z.number() });

export function createActionLinks(
  { db, schema, dialect }: Connection,
  { key: secret, clock }: { key: Secret<Buffer>; clock: Pick<Clock, "now"> },
): ActionLinks {
  const { settings } = schema;
  const key = secret.reveal();
  const signatureOf = (body: Buffer) =>
    createHmac("sha256", key).update("action link 1\n").update(body).digest().subarray(0, SIGNATURE_BYTES);
  /** By its signature: whoever reads the database cannot make a link of it. */
  const usedKey = (token: string) =>
    USED + createHmac("sha256", key).update("used link 1\n").update(token).digest("hex").slice(0, 40);

  return {
    sign(messageId, deed) {
      const body = Buffer.alloc(BODY_BYTES);
      Buffer.from(messageId.replaceAll("-", ""), "hex").copy(body, 0, 0, ID_BYTES);
      body.writeUInt8(DEEDS.indexOf(deed), ID_BYTES);
      body.writeUInt32BE(Math.ceil((clock.now() + EXPIRES_AFTER_MS) / MINUTE_MS), ID_BYTES + 1);
      return Buffer.concat([body, signatureOf(body)]).toString("base64url");
    },
    read(token) {
      // Written in one way only: what decodes to the same bytes by another spelling would count as unused.
      const bytes = Buffer.from(token, "base64url");
      if (bytes.length !== BODY_BYTES + SIGNATURE_BYTES || bytes.toString("base64url") !== token) return "bad";
      const body = bytes.subarray(0, BODY_BYTES);
      if (!timingSafeEqual(signatureOf(body), bytes.subarray(BODY_BYTES))) return "bad";
      const deed = DEEDS[body.readUInt8(ID_BYTES)];
      if (!deed) return "bad";
      const expiresAt = body.readUInt32BE(ID_BYTES + 1) * MINUTE_MS;
      if (expiresAt <= clock.now()) return "expired";
      const hex = body.toString("hex", 0, ID_BYTES);
      const messageId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
      return { messageId, deed, expiresAt };
    },
    async isUsed(token) {
      const rows = await db
        .select()
        .from(settings)
        .where(eq(settings.key, usedKey(token)));
      return rows.length > 0;
    },
    async use(token, { expiresAt }) {
      const mine = { by: randomBytes(12).toString("hex"), until: expiresAt };
      const name = usedKey(token);
      await dialect.insertIgnore(db, settings, [{ key: name, value: mine }]);
      const [row] = await db.select().from(settings).where(eq(settings.key, name));
      return Used.safeParse(row?.value).data?.by === mine.by;
    },
    async giveBack(token) {
      await db.delete(settings).where(eq(settings.key, usedKey(token)));
    },
    async prune() {
      const rows = await db
        .select()
        .from(settings)
        .where(like(settings.key, `${USED}%`));
      for (const { key: name, value } of rows) {
        const used = Used.safeParse(value);
        if (!used.success || used.data.until <= clock.now()) await db.delete(settings).where(eq(settings.key, name));
      }
    },
  };
}
