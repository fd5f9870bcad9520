import { createHash } from "node:crypto";
import { eq, like } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../../db/database";
import { UnityError } from "../../errors";

const PREFIX = "ignored_service:";
const NOTICE = "services_notice_hidden";
/** Each is a row of its own, and all are read at once. */
const MAX_IGNORED = 500;

/** What shall not be proposed any more, with enough to be shown and taken back though it is gone. */
const Ignored = z.object({ key: z.string(), plugin: z.string(), target: z.string(), at: z.number() });
export type Ignored = z.output<typeof Ignored>;

/** Decisions about proposals, in the table of settings: a row each, so that two that are made at once are both kept. */
export function createIgnored({ db, schema, dialect }: Connection) {
  const { settings } = schema;
  // Keys of this table are short, and a key of ours may hold a long path.
  const rowKey = (key: string) => PREFIX + createHash("sha256").update(key).digest("hex").slice(0, 40);
  async function list(): Promise<Ignored[]> {
    const rows = await db
      .select()
      .from(settings)
      .where(like(settings.key, `${PREFIX}%`));
    const known = rows.flatMap(({ value }) => Ignored.safeParse(value).data ?? []);
    return known.sort((a, b) => b.at - a.at);
  }
  return {
    /** The latest first. */
    list,
    async add(ignored: Ignored): Promise<void> {
      if ((await list()).length >= MAX_IGNORED)
        throw new UnityError("too_many", `${MAX_IGNORED} services are ignored already. Take some back first.`);
      await dialect.upsert(db, settings, [{ key: rowKey(ignored.key), value: ignored }], [settings.key]);
    },
    async remove(key: string): Promise<void> {
      await db.delete(settings).where(eq(settings.key, rowKey(key)));
    },
    /** Whether the overview says nothing of services that were found. */
    async isNoticeHidden(): Promise<boolean> {
      return (await db.select().from(settings).where(eq(settings.key, NOTICE))).length > 0;
    },
    async hideNotice(at: number): Promise<void> {
      await dialect.upsert(db, settings, [{ key: NOTICE, value: { at } }], [settings.key]);
    },
  };
}
