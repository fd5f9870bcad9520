import { randomBytes } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { v7 as createId } from "uuid";
import { z } from "zod";
import { secret } from "../../../plugins/sdk/config";
import type { Connection } from "../../db/database";
import { messageOf, UnityError } from "../../errors";
import type { Log } from "../../log";
import { keepSecrets, maskSecrets } from "../../secret-fields";
import { Secret } from "../../secrets";
import { isSealed } from "../../vault/cipher";
import type { Secrets } from "../../vault/secret-reader";
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
  /** With the address of the heartbeat, which nobody else may see. */
  settings(): NotifySettings;
  /** As everybody may see them. */
  shownSettings(): NotifySettings;
  /** What is secret and comes back as `***` is kept. @throws UnityError `invalid`, naming the field */
  setSettings(settings: unknown): Promise<NotifySettings>;
  /** Somebody set them. */
  hasSettings(): boolean;
  /** As they would be kept, what is secret and comes back as `***` filled in. @throws as `setSettings` */
  settleSettings(settings: unknown): NotifySettings;
  /** Of settled ones, to be written with other things. */
  prepareSettings(settled: NotifySettings): Prepared;
  /** What links are signed with. Never leaves the server. */
  readonly key: Secret<Buffer>;
  /** When something that comes by the calendar last came. */
  lastAt(what: string): number | undefined;
  /** Notes that it came, in the transaction of what came of it. */
  mark(what: string, at: number): Write;
  /** Reads what another process set. */
  reload(): Promise<void>;
}

const ROUTES = "notify.routes";
export const NOTIFY_SETTINGS = "notify.settings";
const CALENDAR = "notify.calendar";
export const LINK_KEY = "notify.key";
const KEY_BYTES = 32;
export const LinkKey = secret();
const placeOf = (row: string) => ({ table: "settings", row });
type BookSecrets = Pick<Secrets, "seal" | "open" | "explain" | "refuse">;
const Marks = z.record(z.string(), z.number());

export async function openNotifyBook(
  connection: Connection,
  { secrets, log, changed }: { secrets: BookSecrets; log: Log; changed: () => void },
): Promise<NotifyBook> {
  const { db, schema, dialect } = connection;
  const { settings: table } = schema;
  let routes: readonly Route[] = FIRST_ROUTES;
  let settings = NotifySettings.parse({});
  let isSet = false;
  let marks: Readonly<Record<string, number>> = {};

  async function load(): Promise<void> {
    const rows = await db
      .select()
      .from(table)
      .where(inArray(table.key, [ROUTES, NOTIFY_SETTINGS, CALENDAR]));
    const stored = new Map(rows.map(({ key, value }) => [key, value]));
    routes = read(RouteList, stored.get(ROUTES), log)?.map(named) ?? FIRST_ROUTES;
    const opened = secrets.open(placeOf(NOTIFY_SETTINGS), stored.get(NOTIFY_SETTINGS));
    settings = read(NotifySettings, opened, log) ?? NotifySettings.parse({});
    isSet = opened !== undefined;
    marks = { ...read(Marks, stored.get(CALENDAR), log), ...newer(marks, read(Marks, stored.get(CALENDAR), log)) };
  }

  /** Made by whoever comes first. */
  async function openKey(): Promise<Secret<Buffer>> {
    const made = randomBytes(KEY_BYTES).toString("base64url");
    await dialect.insertIgnore(db, table, [{ key: LINK_KEY, value: secrets.seal(placeOf(LINK_KEY), LinkKey, made) }]);
    const [row] = await db.select().from(table).where(eq(table.key, LINK_KEY));
    const stored = secrets.open(placeOf(LINK_KEY), LinkKey.parse(row?.value));
    if (!isSealed(stored)) return new Secret(Buffer.from(stored, "base64url"));
    const { message, hint } = secrets.explain(stored);
    log.warn(
      { reason: message, hint },
      "the key of links in messages cannot be read: until it can be, links end with this process",
    );
    return new Secret(Buffer.from(made, "base64url"));
  }

  await load();
  const key = await openKey();
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

  function settleSettings(given: unknown): NotifySettings {
    const entered = check(NotifySettings, given);
    const next = NotifySettings.parse(keepSecrets(NotifySettings, entered, settings));
    refuseUrl(next.heartbeat.url, settings.heartbeat.url);
    return next;
  }

  function prepareSettings(next: NotifySettings): Prepared {
    const value = secrets.seal(placeOf(NOTIFY_SETTINGS), NotifySettings, next);
    return {
      write: (tx) => dialect.upsert(tx, table, [{ key: NOTIFY_SETTINGS, value }], [table.key]),
      async done() {
        settings = next;
        isSet = true;
        changed();
      },
    };
  }

  function refuseUrl(url: string, stored: string): void {
    const refuse = (message: string) => new UnityError("invalid", message, { field: "heartbeat.url" });
    if (isSealed(url) && url !== stored) throw refuse("This is an encrypted value of Unity. Enter the address.");
    const refused = secrets.refuse(NotifySettings, { heartbeat: { url } });
    if (refused) throw refuse(refused.why);
    if (!URL.canParse(url)) return;
    const { username, password } = new URL(url);
    if (username || password) throw refuse("A heartbeat's address holds no name and no password.");
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
    shownSettings: () => NotifySettings.parse(maskSecrets(NotifySettings, settings)),
    async setSettings(given) {
      const { write, done } = prepareSettings(settleSettings(given));
      await write(db);
      await done();
      return settings;
    },
    hasSettings: () => isSet,
    settleSettings,
    prepareSettings,
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
