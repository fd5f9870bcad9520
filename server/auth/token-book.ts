import { and, asc, eq, isNull, lt, or } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import type { Log } from "../log";
import { createTrouble } from "../trouble";
import type { TokenDraft } from "./token-draft";
import { hashToken, isTokenSecret, makeTokenSecret } from "./token-secret";
import { createTokenUses, type TokenUses } from "./token-uses";
import { PERMISSIONS, type Permission, ROLE_PERMISSIONS, type Role, type Visitor } from "./visitor";

/** An API token as people see it: never the token itself. Instants are epoch milliseconds. */
export interface ApiToken {
  readonly id: string;
  readonly owner: { readonly id: string; readonly name: string };
  readonly name: string;
  /** Its first letters. */
  readonly prefix: string;
  /** As it was made. What it may do now is never more than what its owner may. */
  readonly scopes: readonly Permission[];
  /** Only instances with one of these; null: whatever its owner sees. */
  readonly tags: readonly string[] | null;
  readonly createdAt: number;
  /** Null: never. */
  readonly expiresAt: number | null;
  /** To the minute. */
  readonly lastUsedAt: number | null;
  readonly lastUsedFrom: string | null;
}

/** API tokens in memory, the database behind them, in which there are only their hashes. */
export interface TokenBook {
  /**
   * Who comes with it; undefined when nobody may: it is unknown or expired, or its owner is disabled or gone. A matter of microseconds,
   * unless what changed is being read. @param asked.address for people to see where it is used
   */
  find(secret: string, asked: { readonly address: string | null; readonly now: number }): Promise<Visitor | undefined>;
  /** In the order they were made. @param ownerId whose; without, everybody's */
  list(ownerId?: string): Promise<ApiToken[]>;
  /** As it was when it was last read; without its last use. */
  get(id: string): ApiToken | undefined;
  /**
   * `secret` is told here and never again.
   * @throws UnityError `forbidden` for more than its owner may, `conflict` for a name that is taken, `too_many`
   */
  create(ownerId: string, draft: TokenDraft): Promise<{ readonly token: ApiToken; readonly secret: string }>;
  /** Nobody gets in by it any more. @param ownerId whose it must be @throws UnityError `not_found` */
  remove(id: string, ownerId?: string): Promise<ApiToken>;
  /** Reads tokens and their owners anew: roles, tags and who is disabled. Never throws: it tries until it can. */
  reload(): Promise<void>;
  /** Writes when tokens were last used. Never throws. */
  close(): Promise<void>;
}

/** Beyond, nobody knows what each is for. */
const MOST_A_PERSON = 25;
const RETRY_MS = 2_000;
const DAY_MS = 86_400_000;

interface Known {
  readonly token: ApiToken;
  /** Undefined: its owner is disabled. */
  readonly visitor: Visitor | undefined;
}
interface Owner {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly tags: readonly string[] | null;
  readonly disabled: boolean;
}

/** @param parts.changed hears of every token that is made or removed here, after it is stored */
export async function openTokenBook(
  { db, schema }: Connection,
  { clock, log, changed }: { clock: Clock; log: Log; changed: () => void },
): Promise<TokenBook> {
  const { apiTokens, users } = schema;
  const uses = createTokenUses({ clock, log, write: writeUses });
  /**
   * By hash. How long it takes to find one says nothing of use: who times it learns of a hash at best, and a hash opens nothing.
   */
  let known = new Map<string, Known>();
  let last: Promise<unknown> = Promise.resolve();
  let underWay = 0;
  let cancel: (() => void) | undefined;
  let closed = false;
  const trouble = createTrouble(log, {
    failing: "tokens and what their owners may do cannot be read; it is tried again",
    over: "tokens and what their owners may do are read again",
  });

  /** One after another: what is read must not undo what was made meanwhile. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    underWay += 1;
    const result = last.then(work);
    last = result.then(ended, ended);
    return result;
  }
  function ended(): void {
    underWay -= 1;
  }

  const ownerColumns = {
    id: users.id,
    name: users.name,
    role: users.role,
    tags: users.tags,
    disabled: users.disabled,
  };

  async function load(): Promise<void> {
    const rows = await db
      .select({ row: apiTokens, owner: ownerColumns })
      .from(apiTokens)
      .innerJoin(users, eq(apiTokens.userId, users.id));
    known = new Map(rows.map(({ row, owner }) => [row.hash, knownOf(row, owner)]));
    uses.keepOnly(new Set(rows.map(({ row }) => row.id)));
  }
  await load();

  async function reload(): Promise<void> {
    cancel?.();
    cancel = undefined;
    try {
      await inOrder(load);
      trouble.worked();
    } catch (error) {
      trouble.failed(error);
      if (!closed) cancel ??= clock.after(RETRY_MS, () => void reload());
    }
  }

  async function writeUses(all: TokenUses): Promise<void> {
    for (const [id, { at, from }] of all)
      await db
        .update(apiTokens)
        .set({ lastUsedAt: at, lastUsedFrom: from })
        // Another process may have seen it later.
        .where(and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, at))));
  }

  async function readOwner(id: string): Promise<Owner> {
    const [owner] = await db.select(ownerColumns).from(users).where(eq(users.id, id));
    if (!owner || owner.disabled) throw new UnityError("forbidden", "Only people with an account have tokens.");
    return owner;
  }

  async function requireRoom(ownerId: string, name: string): Promise<void> {
    const mine = await db.select({ name: apiTokens.name }).from(apiTokens).where(eq(apiTokens.userId, ownerId));
    if (mine.some((other) => nameKey(other.name) === nameKey(name)))
      throw new UnityError("conflict", `There is a token named "${name}" already.`, { field: "name" });
    if (mine.length >= MOST_A_PERSON)
      throw new UnityError("too_many", `There are ${MOST_A_PERSON} tokens already. Remove one that is not used.`);
  }

  return {
    async find(secret, { address, now }) {
      if (!isTokenSecret(secret)) return undefined;
      // What somebody just lost he has no more.
      if (underWay > 0) await last;
      const one = known.get(hashToken(secret));
      if (!one?.visitor) return undefined;
      const { id, expiresAt } = one.token;
      if (expiresAt !== null && expiresAt <= now) return undefined;
      uses.note(id, { at: now, from: address });
      return { ...one.visitor, address };
    },
    async list(ownerId) {
      const rows = await db
        .select({ row: apiTokens, owner: ownerColumns })
        .from(apiTokens)
        .innerJoin(users, eq(apiTokens.userId, users.id))
        .where(ownerId === undefined ? undefined : eq(users.id, ownerId))
        .orderBy(asc(apiTokens.id));
      return rows.map(({ row, owner }) => uses.withLast(knownOf(row, owner).token));
    },
    get: (id) => [...known.values()].find(({ token }) => token.id === id)?.token,
    create: (ownerId, draft) =>
      inOrder(async () => {
        const owner = await readOwner(ownerId);
        requireNoMore(draft, owner);
        await requireRoom(ownerId, draft.name);
        const { name, scopes, tags, expiresInDays } = draft;
        const { secret, prefix, hash } = makeTokenSecret();
        const now = clock.now();
        const expiresAt = expiresInDays === null ? null : now + expiresInDays * DAY_MS;
        const use = { lastUsedAt: null, lastUsedFrom: null };
        const row = { id: createId(), userId: ownerId, name, prefix, hash, scopes, tags, createdAt: now, expiresAt };
        await db.insert(apiTokens).values({ ...row, ...use });
        const made = knownOf({ ...row, ...use }, owner);
        known.set(hash, made);
        changed();
        return { token: made.token, secret };
      }),
    remove: (id, ownerId) =>
      inOrder(async () => {
        const [hash, found] = [...known].find(([, { token }]) => token.id === id) ?? [];
        if (!hash || !found || (ownerId !== undefined && found.token.owner.id !== ownerId))
          throw new UnityError("not_found", "This token is not there any more.");
        await db.delete(apiTokens).where(eq(apiTokens.id, id));
        known.delete(hash);
        changed();
        return found.token;
      }),
    reload,
    async close() {
      closed = true;
      cancel?.();
      await uses.close();
    },
  };
}

/** A row of the table, as far as it is known of a token. */
interface Row extends Omit<ApiToken, "owner" | "scopes"> {
  readonly scopes: readonly string[];
}

function knownOf(row: Row, owner: Owner): Known {
  const { id, name, prefix, tags, createdAt, expiresAt, lastUsedAt, lastUsedFrom } = row;
  // Of another version there may be more.
  const scopes = PERMISSIONS.filter((one) => row.scopes.includes(one));
  const shown = { id, name, prefix, scopes, tags, createdAt, expiresAt, lastUsedAt, lastUsedFrom };
  const token = { ...shown, owner: { id: owner.id, name: owner.name } };
  if (owner.disabled) return { token, visitor: undefined };
  const permissions = new Set(scopes.filter((one) => ROLE_PERMISSIONS[owner.role].includes(one)));
  const visitor: Visitor = {
    userId: owner.id,
    name: owner.name,
    role: owner.role,
    via: "token",
    credentialId: id,
    permissions,
    tags: bothTags(seenBy(owner), tags),
    address: null,
    fromThisMachine: false,
  };
  return { token, visitor };
}

/** Only a viewer is limited. */
const seenBy = ({ role, tags }: Owner) => (role === "viewer" ? tags : null);

/** What both let see. Null lets see all. */
function bothTags(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null) return other;
  return other === null ? one : one.filter((tag) => other.includes(tag));
}

/** @throws UnityError `forbidden`, naming the field */
function requireNoMore({ scopes, tags }: TokenDraft, owner: Owner): void {
  const beyond = scopes.find((scope) => !ROLE_PERMISSIONS[owner.role].includes(scope));
  if (beyond)
    throw new UnityError("forbidden", `A token may do no more than you: you lack the permission to ${beyond}.`, {
      field: "scopes",
    });
  const seen = seenBy(owner);
  const unseen = seen === null ? undefined : tags?.find((tag) => !seen.includes(tag));
  if (unseen !== undefined)
    throw new UnityError("forbidden", `A token sees no more than you: you do not see "${unseen}".`, { field: "tags" });
}

const nameKey = (name: string) => name.normalize("NFC").toLowerCase();
