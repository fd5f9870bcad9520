import { eq } from "drizzle-orm";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import type { Log } from "../log";
import type { Prepared } from "./changes";
import { findCircle } from "./parents";
import { type ParentLink, ParentLinks } from "./shapes/parent";
import type { Place } from "./silence-match";

/** What hangs on what, as people said it: in memory, the table of settings behind it. */
export interface ParentBook {
  get(): readonly ParentLink[];
  /** @throws UnityError `invalid` when something would hang on itself, or on what is not there */
  set(links: unknown): Promise<readonly ParentLink[]>;
  /** To be written with other things. @param later instances that are there by then @throws as `set` */
  prepare(links: unknown, later: readonly Place[]): Prepared;
  /** Reads what another process set. */
  reload(): Promise<void>;
}

/** In the table of settings. */
const PARENTS_KEY = "parents";

export async function openParentBook(
  { db, schema, dialect }: Connection,
  { places, changed, log }: { places: () => readonly Place[]; changed: () => void; log: Log },
): Promise<ParentBook> {
  const { settings } = schema;
  let known: readonly ParentLink[] = [];

  async function load(): Promise<void> {
    const [row] = await db.select().from(settings).where(eq(settings.key, PARENTS_KEY));
    const stored = ParentLinks.safeParse(row?.value ?? []);
    if (!stored.success)
      log.warn({ err: stored.error }, "what hangs on what cannot be read, so nothing does; set it anew");
    known = stored.data ?? [];
  }
  await load();

  function prepare(given: unknown, later: readonly Place[]): Prepared {
    const parsed = ParentLinks.safeParse(given);
    if (!parsed.success)
      throw new UnityError("invalid", parsed.error.issues[0]?.message ?? "This is not valid.", { field: "links" });
    const next = parsed.data;
    requireSense(next, later);
    return {
      write: (tx) => dialect.upsert(tx, settings, [{ key: PARENTS_KEY, value: next }], [settings.key]),
      async done() {
        known = next;
        changed();
      },
    };
  }

  return {
    get: () => known,
    async set(given) {
      const { write, done } = prepare(given, places());
      await write(db);
      await done();
      return known;
    },
    prepare,
    reload: load,
  };
}

function requireSense(links: readonly ParentLink[], places: readonly Place[]): void {
  const nameOf = (id: string) => places.find((one) => one.id === id)?.name ?? id;
  for (const { child, parent } of links) {
    const gone = [parent, ...(child.kind === "instance" ? [child.instance] : [])].find(
      (id) => !places.some((one) => one.id === id),
    );
    if (gone !== undefined)
      throw new UnityError("invalid", `There is no instance "${gone}" that something could hang on.`, {
        field: "links",
      });
  }
  const [child, parent] = findCircle({ links, places });
  if (child === undefined || parent === undefined) return;
  const message =
    child === parent
      ? `${nameOf(child)} cannot hang on itself.`
      : `${nameOf(child)} and ${nameOf(parent)} would hang on each other. Take one of the two away.`;
  throw new UnityError("invalid", message, { field: "links" });
}
