import { randomBytes } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { v7 as createId } from "uuid";
import { z } from "zod";
import type { Connection } from "../../db/database";
import { messageOf, UnityError } from "../../errors";
import type { Log } from "../../log";
import type { Write } from "../book";
import type { Prepared } from "../changes";
import { NotifySettings, type Route, RouteList } from "../shapes/route";
import { FIRST_ROUTES } from "./aim";

/** Routes and what else is set about telling people, in memory, with the table of settings behind it. */
export interface NotifyBook {
  routes(): readonly Route[];
  /** Somebody made them. */
  hasRoutes(): boolean;
  /** In this order. @throws UnityError `invalid`, naming the field */
  setRoutes(routes: unknown): Promise<readonly Route[]>;
  /** To be written with other things. @throws as `setRoutes` */
  prepareRoutes(routes: unknown): Prepared;
  settings(): NotifySettings;
  setSettings(settings: unknown): Promise<NotifySettings>;
  /** What links are signed with. Never leaves the server. */
  readonly key: Buffer;
  /** When something that comes by the calendar last came. */
  lastAt(what: string): number | undefined;
  /** Notes that it came, in the transaction of what came of it. */
  mark(what: string, at: number): Write;
  /** Reads what another process set. */
  reload(): Promise<void>;
}

const ROUTES = "notify.routes";
const SETTINGS = "notify.settings";
const CALENDAR = "notify.calendar";
const KEY = "notify.key";
const KEY_BYTES = 32;
const Marks = z.record(z.string(), z.number());

export async function openNotifyBook(
  connection: Connection,
  { log, changed }: { log: Log; changed: () => void },
): Promise<NotifyBook> {
  const { db, schema, dialect } = connection;
  const { settings: table } = schema;
  let routes: readonly Route[] = FIRST_ROUTES;
  let settings = NotifySettings.parse({});
  let marks: Readonly<Record<string, number>> = {};

  async function load(): Promise<void> {
    const rows = await db
      .select()
      .from(table)
      .where(inArray(table.key, [ROUTES, SETTINGS, CALENDAR]));
    const stored = new Map(rows.map(({ key, value }) => [key, value]));
    routes = read(RouteList, stored.get(ROUTES), log)?.map(named) ?? FIRST_ROUTES;
    settings = read(NotifySettings, stored.get(SETTINGS), log) ?? NotifySettings.parse({});
    marks = { ...read(Marks, stored.get(CALENDAR), log), ...newer(marks, read(Marks, stored.get(CALENDAR), log)) };
  }

  /** Made by whoever comes first. */
  async function openKey(): Promise<Buffer> {
    const made = randomBytes(KEY_BYTES).toString("base64url");
    await dialect.insertIgnore(db, table, [{ key: KEY, value: made }]);
    const [row] = await db.select().from(table).where(eq(table.key, KEY));
    return Buffer.from(z.string().parse(row?.value), "base64url");
  }

  await load();
  const key = await openKey();
  const save = (name: string, value: unknown) => dialect.upsert(db, table, [{ key: name, value }], [table.key]);

  function prepareRoutes(given: unknown): Prepared {
    const next = check(RouteList, given).map(named);
    const ids = new Set(next.map(({ id }) => id));
    if (ids.size < next.length) throw new UnityError("invalid", "Two routes have the same id.", { field: "id" });
    return {
      write: (tx) => dialect.upsert(tx, table, [{ key: ROUTES, value: next }], [table.key]),
      async done() {
        routes = next;
        changed();
      },
    };
  }

  return {
    key,
    routes: () => routes,
    hasRoutes: () => routes !== FIRST_ROUTES,
    async setRoutes(given) {
      const { write, done } = prepareRoutes(given);
      await write(db);
      await done();
      return routes;
    },
    prepareRoutes,
    settings: () => settings,
    async setSettings(given) {
      const next = check(NotifySettings, given);
      const { username, password } = new URL(next.heartbeat.url || "http://unset");
      if (username || password)
        throw new UnityError("invalid", "A heartbeat's address holds no name and no password.", {
          field: "heartbeat.url",
        });
      await save(SETTINGS, next);
      settings = next;
      changed();
      return settings;
    },
    lastAt: (what) => marks[what],
    mark(what, at) {
      // Of routes that are gone nothing is noted any more.
      const known = new Set(["canary", ...routes.map(({ id }) => `digest.${id}`)]);
      marks = { ...Object.fromEntries(Object.entries(marks).filter(([one]) => known.has(one))), [what]: at };
      const value = marks;
      return (tx) => dialect.upsert(tx, table, [{ key: CALENDAR, value }], [table.key]);
    },
    reload: load,
  };
}

const named = (route: z.output<typeof RouteList>[number]): Route => ({ ...route, id: route.id ?? createId() });

const newer = (mine: Readonly<Record<string, number>>, stored: Readonly<Record<string, number>> = {}) =>
  Object.fromEntries(Object.entries(mine).filter(([what, at]) => at > (stored[what] ?? 0)));

function check<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UnityError("invalid", issue?.message ?? "This is not valid.", { field: issue?.path.join(".") ?? "" });
}

/** What another version wrote and this one does not understand stays in the database, and is not heeded. */
function read<T extends z.ZodType>(schema: T, stored: unknown, log: Log): z.output<T> | undefined {
  if (stored === undefined) return undefined;
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data;
  log.warn({ error: messageOf(parsed.error) }, "what is set about telling people cannot be read; set it anew");
  return undefined;
}
