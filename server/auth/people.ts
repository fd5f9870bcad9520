import { and, asc, eq, inArray, max, ne } from "drizzle-orm";
import { v7 as createId } from "uuid";
import { z } from "zod";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import { addressOfNobody, DISPLAY_NAME, PASSWORD, USERNAME } from "./names";
import { ROLES, type Role } from "./visitor";

/** Somebody who may sign in. Instants are epoch milliseconds. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Null for those who only come from a provider. */
  readonly username: string | null;
  readonly email: string | null;
  readonly role: Role;
  readonly tags: readonly string[] | null;
  readonly disabled: boolean;
  readonly twoFactor: boolean;
  /** "credential" is a password; others are providers, "oidc" or "proxy". */
  readonly ways: readonly string[];
  readonly createdAt: number;
  /** Of the sessions that are open; null: none is. */
  readonly lastSeenAt: number | null;
}

const Tags = z.array(z.string().trim().min(1).max(100)).max(50).nullable();
const Common = {
  name: z.string().trim().min(1, "Say what to call this person.").max(DISPLAY_NAME.longest),
  role: z.enum(ROLES),
  /** Only a viewer may be limited. */
  tags: Tags.default(null),
};
const Username = z
  .string()
  .trim()
  .min(USERNAME.shortest, USERNAME.rule)
  .max(USERNAME.longest, USERNAME.rule)
  .regex(USERNAME.pattern, USERNAME.rule);
const Password = z.string().min(PASSWORD.shortest, PASSWORD.rule).max(PASSWORD.longest, PASSWORD.rule);
export const PersonDraft = z.object({ ...Common, username: Username, password: Password });
export const PersonChange = z.object({ ...Common, disabled: z.boolean().default(false) });
export type PersonDraft = z.input<typeof PersonDraft>;
export type PersonChange = z.input<typeof PersonChange>;

/** What came of a role that a provider gives. */
export interface TakenRole {
  readonly person: Person;
  readonly before: Role;
  /** It would have been less, and nobody else may administer. */
  readonly isKept: boolean;
}

/** Who there is. Whatever changes what somebody may do ends that one's sessions. */
export interface People {
  /** By name. */
  list(): Promise<Person[]>;
  /** @throws UnityError `not_found` */
  require(id: string): Promise<Person>;
  findByUsername(username: string): Promise<Person | undefined>;
  /** @throws UnityError `invalid` naming the field, `conflict` for a name that is taken */
  create(draft: PersonDraft): Promise<Person>;
  /** Somebody whom a reverse proxy names, without a password. */
  createForProxy(username: string, role: Role): Promise<Person>;
  /** @throws UnityError `conflict` where nobody would be left who may administer */
  update(id: string, change: PersonChange): Promise<Person>;
  /** As a provider says; who alone may administer stays, so that nobody is locked out. */
  takeRole(id: string, role: Role): Promise<TakenRole>;
  isLastAdmin(id: string): Promise<boolean>;
  setPassword(id: string, password: string): Promise<void>;
  /** Second factors and passkeys are gone: they were lost. */
  resetFactors(id: string): Promise<void>;
  remove(id: string): Promise<Person>;
  /** Nobody who may administer is there yet. */
  lacksAdmin(): Promise<boolean>;
}

interface Parts {
  readonly connection: Connection;
  readonly clock: Clock;
  hash(password: string): Promise<string>;
  /** Whoever is known to be signed in is looked at anew, here and in other processes. */
  changed(): void;
}

const MOST_PEOPLE = 500;

export function createPeople({ connection, clock, hash, changed }: Parts): People {
  const { db, schema } = connection;
  const { users, accounts, sessions, twoFactors, passkeys } = schema;
  const admins = and(eq(users.role, "admin"), eq(users.disabled, false));

  async function select(id?: string): Promise<Person[]> {
    const ofOne = id === undefined ? undefined : eq(users.id, id);
    const rows = await db.select().from(users).where(ofOne).orderBy(asc(users.name), asc(users.id));
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return [];
    const ways = await db
      .select({ userId: accounts.userId, providerId: accounts.providerId })
      .from(accounts)
      .where(inArray(accounts.userId, ids));
    const seen = await db
      .select({ userId: sessions.userId, at: max(sessions.updatedAt) })
      .from(sessions)
      .where(inArray(sessions.userId, ids))
      .groupBy(sessions.userId);
    const seenAt = new Map(seen.map(({ userId, at }) => [userId, at]));
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      username: row.username,
      email: row.email.endsWith(addressOfNobody("")) ? null : row.email,
      role: row.role,
      tags: row.tags,
      disabled: row.disabled,
      twoFactor: row.twoFactorEnabled,
      ways: ways.filter(({ userId }) => userId === row.id).map(({ providerId }) => providerId),
      createdAt: row.createdAt,
      lastSeenAt: seenAt.get(row.id) ?? null,
    }));
  }

  async function need(id: string): Promise<Person> {
    const [person] = await select(id);
    if (!person) throw new UnityError("not_found", "This person is not there any more.");
    return person;
  }

  async function insert(person: {
    username: string;
    name: string;
    role: Role;
    tags: string[] | null;
  }): Promise<string> {
    const [username, id, now] = [person.username.toLowerCase(), createId(), clock.now()];
    const known = await db.select({ id: users.id, username: users.username }).from(users);
    if (known.some((one) => one.username === username))
      throw new UnityError("conflict", `Somebody signs in as "${username}" already.`, { field: "username" });
    if (known.length >= MOST_PEOPLE) throw new UnityError("too_many", `There are ${MOST_PEOPLE} people already.`);
    await db.insert(users).values({
      ...person,
      id,
      username,
      displayUsername: person.username,
      email: addressOfNobody(username),
      createdAt: now,
      updatedAt: now,
    });
    return id;
  }

  async function hasOtherAdmin(id: string): Promise<boolean> {
    const [other] = await db
      .select({ id: users.id })
      .from(users)
      .where(and(admins, ne(users.id, id)))
      .limit(1);
    return other !== undefined;
  }

  const isAdmin = ({ role, disabled }: Pick<Person, "role" | "disabled">) => role === "admin" && !disabled;

  /** @throws UnityError where nobody would be left who may administer */
  async function requireOtherAdmin(id: string): Promise<void> {
    if (!(await hasOtherAdmin(id)))
      throw new UnityError("conflict", "Nobody else may administer Unity. Make somebody else an admin first.", {
        field: "role",
      });
  }

  async function endSessions(id: string): Promise<void> {
    await db.delete(sessions).where(eq(sessions.userId, id));
    changed();
  }

  async function writePassword(userId: string, password: string): Promise<void> {
    const now = clock.now();
    const hashed = await hash(password);
    const mine = and(eq(accounts.userId, userId), eq(accounts.providerId, "credential"));
    const [known] = await db.select({ id: accounts.id }).from(accounts).where(mine);
    if (known) await db.update(accounts).set({ password: hashed, updatedAt: now }).where(eq(accounts.id, known.id));
    else {
      const row = { id: createId(), userId, providerId: "credential", accountId: userId, password: hashed };
      await db.insert(accounts).values({ ...row, createdAt: now, updatedAt: now });
    }
  }

  return {
    list: () => select(),
    require: need,
    async findByUsername(username) {
      const [row] = await db.select({ id: users.id }).from(users).where(eq(users.username, username.toLowerCase()));
      return row ? (await select(row.id))[0] : undefined;
    },
    async create(given) {
      const { password, ...draft } = check(PersonDraft, given);
      refuseLimits(draft);
      const id = await insert(draft);
      await writePassword(id, password);
      changed();
      return need(id);
    },
    async createForProxy(username, role) {
      const id = await insert({ username: check(Username, username), name: username, role, tags: null });
      const now = clock.now();
      await db.insert(accounts).values({
        id: createId(),
        userId: id,
        providerId: "proxy",
        accountId: username.toLowerCase(),
        createdAt: now,
        updatedAt: now,
      });
      return need(id);
    },
    async update(id, given) {
      const change = check(PersonChange, given);
      refuseLimits(change);
      const before = await need(id);
      if (isAdmin(before) && !isAdmin(change)) await requireOtherAdmin(id);
      await db
        .update(users)
        .set({ ...change, updatedAt: clock.now() })
        .where(eq(users.id, id));
      const rights = ({ role, tags, disabled }: Pick<Person, "role" | "tags" | "disabled">) =>
        JSON.stringify([role, tags, disabled]);
      if (rights(before) === rights(change)) changed();
      else await endSessions(id);
      return need(id);
    },
    async takeRole(id, role) {
      const person = await need(id);
      const before = person.role;
      if (before === role || person.disabled) return { person, before, isKept: false };
      if (isAdmin(person) && !(await hasOtherAdmin(id))) return { person, before, isKept: true };
      const tags = role === "viewer" ? person.tags : null;
      await db
        .update(users)
        .set({ role, tags: tags === null ? null : [...tags], updatedAt: clock.now() })
        .where(eq(users.id, id));
      await endSessions(id);
      return { person: await need(id), before, isKept: false };
    },
    async isLastAdmin(id) {
      return isAdmin(await need(id)) && !(await hasOtherAdmin(id));
    },
    async setPassword(id, given) {
      const password = check(Password, given);
      await writePassword((await need(id)).id, password);
      await endSessions(id);
    },
    async resetFactors(id) {
      await need(id);
      await db.delete(twoFactors).where(eq(twoFactors.userId, id));
      await db.delete(passkeys).where(eq(passkeys.userId, id));
      await db.update(users).set({ twoFactorEnabled: false, updatedAt: clock.now() }).where(eq(users.id, id));
      await endSessions(id);
    },
    async remove(id) {
      const person = await need(id);
      if (isAdmin(person)) await requireOtherAdmin(id);
      await db.delete(users).where(eq(users.id, id));
      changed();
      return person;
    },
    async lacksAdmin() {
      const [row] = await db.select({ id: users.id }).from(users).where(admins).limit(1);
      return row === undefined;
    },
  };
}

/** Whoever may change things sees them all. */
function refuseLimits({ role, tags }: { role: Role; tags: readonly string[] | null }): void {
  if (tags !== null && role !== "viewer")
    throw new UnityError("invalid", "Only a viewer can be limited to tags.", { field: "tags" });
}

function check<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UnityError("invalid", issue?.message ?? "This is not valid.", { field: issue?.path.join(".") ?? "" });
}
