import { eq } from "drizzle-orm";
import { v7 as createId } from "uuid";
import { describe, expect, test } from "vitest";
import type { Connection } from "../db/database";
import { createLog } from "../log";
import { openClock, START } from "./test-clock";
import { openTokenBook, type TokenBook } from "./token-book";
import type { TokenDraft } from "./token-draft";
import { hashToken, makeTokenSecret } from "./token-secret";
import type { Role, Visitor } from "./visitor";

const DAY_MS = 86_400_000;

interface Person {
  readonly role?: Role;
  readonly tags?: string[] | null;
  readonly disabled?: boolean;
}
/** A person in the database. @returns its id */
export async function addPerson({ db, schema }: Connection, name: string, person: Person = {}): Promise<string> {
  const id = createId();
  const { role = "admin", tags = null, disabled = false } = person;
  const times = { createdAt: START, updatedAt: START };
  await db.insert(schema.users).values({ id, name, email: `${id}@unity.invalid`, role, tags, disabled, ...times });
  return id;
}

const draft = (more: Partial<TokenDraft> = {}): TokenDraft => ({
  ...{ name: "Script", scopes: ["read"], tags: null, expiresInDays: null },
  ...more,
});
const may = (visitor: Visitor | undefined) => visitor && { permissions: [...visitor.permissions], tags: visitor.tags };

/** Tokens in the database: the same on every one. `open` gives the same database each time. */
export function describeTokenBook(name: string, open: () => Promise<Connection>): void {
  describe(`API tokens on ${name}`, () => {
    interface House {
      readonly connection: Connection;
      readonly book: TokenBook;
      readonly told: string[];
      readonly clock: ReturnType<typeof openClock>;
      /** Another process on the same database. */
      openOther(): Promise<TokenBook>;
      find(secret: string, book?: TokenBook): Promise<Visitor | undefined>;
      /** What was put off until then is done. */
      pass(ms: number): Promise<void>;
      person(person?: Person): Promise<string>;
      change(id: string, change: Person): Promise<void>;
    }
    const within = async (work: (house: House) => Promise<void>): Promise<void> => {
      const connection = await open();
      const { db, schema } = connection;
      const clock = openClock();
      const told: string[] = [];
      const log = createLog("silent");
      const openBook = () => openTokenBook(connection, { clock, log, changed: () => void told.push("changed") });
      try {
        await db.delete(schema.users);
        const book = await openBook();
        await work({
          ...{ connection, book, told, clock, openOther: openBook },
          find: (secret, from = book) => from.find(secret, { address: "10.0.0.9", now: clock.now() }),
          async pass(ms) {
            clock.pass(ms);
            // Whatever was begun is before it.
            await book.reload();
          },
          person: (person) => addPerson(connection, "Anna", person),
          change: async (id, change) => void (await db.update(schema.users).set(change).where(eq(schema.users.id, id))),
        });
        await book.close();
      } finally {
        await connection.close();
      }
    };

    test("who comes with one is its owner, with what it may do", () =>
      within(async ({ book, find, person, told }) => {
        const id = await person();
        const { token, secret } = await book.create(id, draft({ scopes: ["read", "respond"] }));
        expect(await find(secret)).toEqual({
          ...{ userId: id, name: "Anna", role: "admin", via: "token", credentialId: token.id },
          ...{ permissions: new Set(["read", "respond"]), tags: null, address: "10.0.0.9" },
          fromThisMachine: false,
        });
        expect(token).toMatchObject({ name: "Script", prefix: secret.slice(0, 12), owner: { id, name: "Anna" } });
        expect(told).toEqual(["changed"]);
      }));

    test("the database has no token, only its hash", () =>
      within(async ({ book, connection, person }) => {
        const { token, secret } = await book.create(await person(), draft());
        const rows = await connection.db.select().from(connection.schema.apiTokens);
        expect(rows.map(({ hash }) => hash)).toEqual([hashToken(secret)]);
        for (const kept of [rows, token, await book.list()])
          expect(JSON.stringify(kept)).not.toContain(secret.slice(12));
      }));

    test("it is there after a start, and in other processes once they are told", () =>
      within(async ({ book, find, person, openOther }) => {
        const other = await openOther();
        const { token, secret } = await book.create(await person(), draft());
        expect(await find(secret, other)).toBeUndefined();
        await other.reload();
        expect((await find(secret, other))?.credentialId).toBe(token.id);
        expect((await find(secret, await openOther()))?.credentialId).toBe(token.id);
      }));

    test("what is unknown, changed or no token at all is nobody", () =>
      within(async ({ book, find, person }) => {
        const { secret } = await book.create(await person(), draft());
        for (const wrong of [makeTokenSecret().secret, `${secret}x`, secret.slice(1), secret.toUpperCase(), ""])
          expect(await find(wrong)).toBeUndefined();
      }));

    test("it ends when it expires, to the millisecond, and never without an end", () =>
      within(async ({ book, find, person, clock }) => {
        const id = await person();
        const { secret } = await book.create(id, draft({ expiresInDays: 30 }));
        const endless = await book.create(id, draft({ name: "Endless" }));
        clock.at = START + 30 * DAY_MS - 1;
        expect(await find(secret)).toBeDefined();
        clock.at += 1;
        expect(await find(secret)).toBeUndefined();
        clock.at += 10_000 * DAY_MS;
        expect(await find(endless.secret)).toBeDefined();
      }));

    test("a change of its owner is one of the token, as soon as it is read", () =>
      within(async ({ book, find, person, change }) => {
        const id = await person();
        const { secret } = await book.create(id, draft({ scopes: ["read", "edit", "administer"] }));
        await change(id, { role: "editor" });
        await book.reload();
        expect(may(await find(secret))).toEqual({ permissions: ["read", "edit"], tags: null });
        await change(id, { role: "viewer", tags: ["media"] });
        await book.reload();
        expect(may(await find(secret))).toEqual({ permissions: ["read"], tags: ["media"] });
        await change(id, { disabled: true });
        await book.reload();
        expect(await find(secret)).toBeUndefined();
        await change(id, { disabled: false, role: "admin", tags: null });
        await book.reload();
        expect(may(await find(secret))).toEqual({ permissions: ["read", "edit", "administer"], tags: null });
      }));

    test("who asks after a change hears of it, also while it is being read", () =>
      within(async ({ book, find, person, change }) => {
        const id = await person();
        const { secret } = await book.create(id, draft({ scopes: ["read", "administer"] }));
        await change(id, { role: "viewer" });
        const read = book.reload();
        expect(may(await find(secret))?.permissions).toEqual(["read"]);
        await read;
      }));

    test("with its owner it is gone", () =>
      within(async ({ book, connection, find, person }) => {
        const id = await person();
        const { secret } = await book.create(id, draft());
        await connection.db.delete(connection.schema.users).where(eq(connection.schema.users.id, id));
        await book.reload();
        expect(await find(secret)).toBeUndefined();
        expect(await book.list()).toEqual([]);
      }));

    test("it sees what both see, its owner and it", () =>
      within(async ({ book, find, person, change }) => {
        const id = await person({ role: "viewer", tags: ["media", "nas"] });
        const all = await book.create(id, draft());
        const some = await book.create(id, draft({ name: "Some", tags: ["nas"] }));
        expect(may(await find(all.secret))?.tags).toEqual(["media", "nas"]);
        expect(may(await find(some.secret))?.tags).toEqual(["nas"]);
        await change(id, { tags: ["media"] });
        await book.reload();
        expect(may(await find(all.secret))?.tags).toEqual(["media"]);
        expect(may(await find(some.secret))?.tags).toEqual([]);
        await change(id, { tags: null });
        await book.reload();
        expect(may(await find(all.secret))?.tags).toBeNull();
        expect(may(await find(some.secret))?.tags).toEqual(["nas"]);
      }));

    test("nobody makes one that may more than he", () =>
      within(async ({ book, person }) => {
        const viewer = await person({ role: "viewer", tags: ["media"] });
        const more = book.create(viewer, draft({ scopes: ["read", "respond"] }));
        await expect(more).rejects.toMatchObject({ code: "forbidden", field: "scopes" });
        const wider = book.create(viewer, draft({ tags: ["media", "nas"] }));
        await expect(wider).rejects.toMatchObject({ code: "forbidden", field: "tags" });
        for (const id of [await person({ disabled: true }), createId()])
          await expect(book.create(id, draft())).rejects.toMatchObject({ code: "forbidden" });
        expect(await book.list()).toEqual([]);
      }));

    test("names are a person's own, and there is an end to them", () =>
      within(async ({ book, person }) => {
        const [anna, bert] = [await person(), await person()];
        await book.create(anna, draft({ name: "Büro" }));
        await expect(book.create(anna, draft({ name: "büro" }))).rejects.toMatchObject({
          ...{ code: "conflict", field: "name" },
        });
        await book.create(bert, draft({ name: "Büro" }));
        for (let count = 1; count < 25; count += 1) await book.create(anna, draft({ name: `n${count}` }));
        await expect(book.create(anna, draft({ name: "one more" }))).rejects.toMatchObject({ code: "too_many" });
        expect(await book.list(anna)).toHaveLength(25);
        expect((await book.list(bert)).map(({ owner }) => owner.id)).toEqual([bert]);
      }));

    test("of several that are asked for at once, each is made once", () =>
      within(async ({ book, person, find }) => {
        const id = await person();
        const asked = await Promise.allSettled([1, 2, 3].map(() => book.create(id, draft())));
        expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
        const [, made] = await Promise.all([book.reload(), book.create(id, draft({ name: "Other" })), book.reload()]);
        expect(await find(made.secret)).toBeDefined();
      }));

    test("what is removed lets nobody in, and only its owner removes it, or who may remove all", () =>
      within(async ({ book, find, person, told }) => {
        const [anna, bert] = [await person(), await person()];
        const { token, secret } = await book.create(anna, draft());
        await expect(book.remove(token.id, bert)).rejects.toMatchObject({ code: "not_found" });
        await expect(book.remove("\0", anna)).rejects.toMatchObject({ code: "not_found" });
        expect(await find(secret)).toBeDefined();
        expect(await book.remove(token.id, anna)).toMatchObject({ id: token.id, name: "Script" });
        expect([await find(secret), await book.list()]).toEqual([undefined, []]);
        const another = await book.create(bert, draft());
        await book.remove(another.token.id);
        expect(await find(another.secret)).toBeUndefined();
        expect(told).toHaveLength(4);
      }));

    test("its last use is shown at once, written once a minute, and the rest at the end", () =>
      within(async ({ book, connection, find, person, pass, clock }) => {
        const { secret } = await book.create(await person(), draft());
        const stored = async () => {
          const [row] = await connection.db.select().from(connection.schema.apiTokens);
          return row && [row.lastUsedAt, row.lastUsedFrom];
        };
        const shown = async () => (await book.list())[0]?.lastUsedAt;
        expect([await stored(), await shown()]).toEqual([[null, null], null]);
        await find(secret);
        expect([await stored(), await shown()]).toEqual([[null, null], START]);
        await pass(1_000);
        await expect.poll(stored).toEqual([START, "10.0.0.9"]);
        for (let second = 0; second < 58; second += 1) {
          await find(secret);
          await pass(1_000);
        }
        expect([await stored(), await shown()]).toEqual([[START, "10.0.0.9"], clock.at - 1_000]);
        await pass(2_000);
        await find(secret);
        const usedAt = clock.at;
        await pass(1_000);
        await expect.poll(stored).toEqual([usedAt, "10.0.0.9"]);
        await find(secret);
        await book.close();
        expect(await stored()).toEqual([clock.at, "10.0.0.9"]);
      }));

    test("an earlier use that another process saw undoes no later one", () =>
      within(async ({ book, connection, find, person, openOther, clock }) => {
        const { secret } = await book.create(await person(), draft());
        const other = await openOther();
        await find(secret, other);
        clock.at += 5_000;
        await find(secret);
        await book.close();
        await other.close();
        const [row] = await connection.db.select().from(connection.schema.apiTokens);
        expect(row?.lastUsedAt).toBe(clock.at);
      }));
  });
}
