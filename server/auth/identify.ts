import type { IncomingHttpHeaders } from "node:http";
import { eq } from "drizzle-orm";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { People } from "./people";
import { readSession } from "./read-session";
import { CLIENT_ADDRESS, FROM_THIS_MACHINE, PROXY_USER } from "./request-headers";
import { isTokenSecret } from "./token-secret";
import { nobody, ROLE_PERMISSIONS, type Role, type Visitor } from "./visitor";

/** Who asks, and what cookies the answer sets: a session that is used goes on. */
export interface Identified {
  readonly visitor: Visitor;
  readonly cookies: readonly string[];
}

export interface Identify {
  (headers: IncomingHttpHeaders): Promise<Identified>;
  /** Everybody is looked up anew. */
  forget(): void;
}

interface Parts {
  readonly connection: Connection;
  /** What cookies are signed with. */
  readonly secret: string;
  /** A session that is used goes on. @returns the cookies that say so */
  goOn(headers: Headers): Promise<readonly string[]>;
  readonly people: Pick<People, "findByUsername" | "createForProxy">;
  readonly clock: Clock;
  /** The role of somebody whom a proxy names for the first time; null: only whom an admin added may come. */
  readonly proxyNewcomers: Role | null;
  /** Whose an API token is. */
  findToken(token: string, address: string | null): Promise<Visitor | undefined>;
}

/** A look-up costs more than a procedure; so long what it found is believed. What changes here, or in another process, is heard of at once. */
const BELIEVED_MS = 5_000;
const MOST_KNOWN = 1_000;
const COOKIE = /(?:^|;\s*)unity\.session_token=([^;]+)/;

/** Who sent a request that `markClient` has marked. Nothing is read of it but its headers. */
export function createIdentify(parts: Parts): Identify {
  const { connection, secret, people, clock, findToken } = parts;
  const { users } = connection.schema;
  const known = new Map<string, { readonly at: number; readonly found: Promise<Identified | undefined> }>();

  async function ofSession(cookie: string): Promise<Identified | undefined> {
    const session = await readSession(connection, { cookie, secret, now: clock.now() });
    if (!session) return undefined;
    const visitor = await ofUser(session.userId, { via: "session", credentialId: session.id });
    if (!visitor) return undefined;
    const headers = new Headers({ cookie: `unity.session_token=${cookie}` });
    return { visitor, cookies: session.isDue ? await parts.goOn(headers) : [] };
  }

  async function ofUser(id: string, how: Pick<Visitor, "via" | "credentialId">): Promise<Visitor | undefined> {
    const [user] = await connection.db.select().from(users).where(eq(users.id, id));
    if (!user || user.disabled) return undefined;
    return {
      ...how,
      userId: user.id,
      name: user.name,
      role: user.role,
      permissions: new Set(ROLE_PERMISSIONS[user.role]),
      tags: user.role === "viewer" ? user.tags : null,
      address: null,
      fromThisMachine: false,
    };
  }

  async function ofProxy(name: string): Promise<Identified | undefined> {
    let person = await people.findByUsername(name);
    if (!person && parts.proxyNewcomers) person = await people.createForProxy(name, parts.proxyNewcomers);
    const visitor = person && (await ofUser(person.id, { via: "proxy", credentialId: null }));
    return visitor && { visitor, cookies: [] };
  }

  /** Those who ask at the same time wait for the same look-up; one that failed is not remembered. */
  function remembered(key: string, find: () => Promise<Identified | undefined>): Promise<Identified | undefined> {
    const now = clock.now();
    const before = known.get(key);
    if (before && Math.abs(now - before.at) < BELIEVED_MS) return before.found;
    if (known.size >= MOST_KNOWN) known.clear();
    const found = find();
    known.set(key, { at: now, found });
    const drop = () => known.get(key)?.found === found && known.delete(key);
    // Cookies are set once. Nobody is remembered as nobody: whoever signs in is somebody at once.
    found.then((one) => {
      if (!one) drop();
      else if (one.cookies.length > 0) known.set(key, { at: now, found: Promise.resolve({ ...one, cookies: [] }) });
    }, drop);
    return found;
  }

  function find(headers: IncomingHttpHeaders, address: string | null): Promise<Identified | undefined> | undefined {
    // Whoever says that it is a program is nothing else, also where a browser adds its cookies.
    const token = readToken(headers.authorization);
    if (token !== undefined) return findToken(token, address).then((visitor) => visitor && { visitor, cookies: [] });
    const proxyUser = headers[PROXY_USER];
    if (typeof proxyUser === "string") return remembered(`proxy ${proxyUser}`, () => ofProxy(proxyUser));
    const cookie = COOKIE.exec(headers.cookie ?? "")?.[1];
    return cookie === undefined ? undefined : remembered(cookie, () => ofSession(cookie));
  }

  async function identify(headers: IncomingHttpHeaders): Promise<Identified> {
    const given = headers[CLIENT_ADDRESS];
    const from = {
      address: typeof given === "string" ? given : null,
      fromThisMachine: headers[FROM_THIS_MACHINE] === "yes",
    };
    const found = await find(headers, from.address);
    return { visitor: { ...(found?.visitor ?? nobody(null)), ...from }, cookies: found?.cookies ?? [] };
  }

  return Object.assign(identify, { forget: () => known.clear() });
}

/**
 * `Bearer`, or `Token` as InfluxDB has it. What can say only a user and a password has it for a password; other ones are a proxy's before
 * Unity, and none of ours.
 */
function readToken(authorization = ""): string | undefined {
  const [, scheme = "", said = ""] = /^(Bearer|Token|Basic)\s+(\S+)\s*$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== "basic") return said || undefined;
  const login = Buffer.from(said, "base64").toString("latin1");
  const password = login.slice(login.indexOf(":") + 1);
  return isTokenSecret(password) ? password : undefined;
}
