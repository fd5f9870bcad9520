import { describe, expect, test } from "vitest";
import type { Connection } from "../db/database";
import { testSecrets } from "../vault/test-vault";
import { maskChannel, openChannelBook } from "./channel-book";
import { createPushKeys } from "./push-keys";

const NOW = 1_795_478_400_000;
const clock = { now: () => NOW, after: () => () => undefined };
const GOTIFY = { url: "https://gotify.lab", token: "token-PLANTED" };
const draft = (more: object = {}) => ({ kind: "gotify", name: "Phone", enabled: true, config: GOTIFY, ...more });

/** Channels in the database: the same on every one. `open` gives the same database each time. */
export function describeChannelBook(name: string, open: () => Promise<Connection>): void {
  const withBook = async <T>(
    work: (book: Awaited<ReturnType<typeof openChannelBook>>, told: string[]) => Promise<T>,
  ) => {
    const connection = await open();
    const told: string[] = [];
    try {
      const book = await openChannelBook(connection, {
        secrets: testSecrets,
        clock,
        changed: (origin) => told.push(origin),
      });
      for (const { id } of book.list()) await book.remove(id);
      told.length = 0;
      return await work(book, told);
    } finally {
      await connection.close();
    }
  };

  describe(`channels on ${name}`, () => {
    test("what was made is there after a start, its secrets with it", async () => {
      const connection = await open();
      const book = await openChannelBook(connection, { secrets: testSecrets, clock, changed: () => undefined });
      for (const { id } of book.list()) await book.remove(id);
      const made = await book.create(draft({ name: "Pho✓ne", enabled: false }));
      await connection.close();
      const again = await open();
      const later = await openChannelBook(again, { secrets: testSecrets, clock, changed: () => undefined });
      expect(later.list()).toEqual([{ ...made, name: "Pho✓ne", enabled: false, config: GOTIFY }]);
      await again.close();
    });

    test("a name is taken once, in whatever case", () =>
      withBook(async (book) => {
        const { id } = await book.create(draft());
        await expect(book.create(draft({ name: "PHONE" }))).rejects.toMatchObject({ code: "conflict", field: "name" });
        await book.update(id, draft({ name: "phone" }));
        await expect(book.update("nowhere", draft())).rejects.toMatchObject({ code: "not_found" });
      }));

    test("a secret that comes back masked is kept, a new one replaces it", () =>
      withBook(async (book) => {
        const made = await book.create(draft());
        const masked = maskChannel(made);
        expect(masked.config).toEqual({ ...GOTIFY, token: "***" });
        expect((await book.update(made.id, masked)).config).toEqual(GOTIFY);
        const changed = await book.update(made.id, draft({ config: { ...GOTIFY, token: "another" } }));
        expect(changed.config.token).toBe("another");
      }));

    test("a stored secret is not sent to a server that was just named", () =>
      withBook(async (book) => {
        const { id } = await book.create(draft());
        const evil = { url: "https://evil.test", token: "***" };
        await expect(book.update(id, draft({ config: evil }))).rejects.toMatchObject({ field: "config.token" });
        expect(() => book.check(draft({ config: evil }), book.require(id))).toThrow("enter this anew");
        const path = { url: "https://gotify.lab/sub", token: "***" };
        expect((await book.update(id, draft({ config: path }))).config).toEqual({ ...path, token: GOTIFY.token });
        // Also one that was the service's own by default.
        const ntfy = await book.create({ kind: "ntfy", name: "n", enabled: true, config: { topic: "t-PLANTED" } });
        const moved = { kind: "ntfy", name: "n", enabled: true, config: { topic: "***", url: "https://evil.test" } };
        await expect(book.update(ntfy.id, moved)).rejects.toMatchObject({ field: "config.topic" });
      }));

    test("a channel of another kind begins without secrets", () =>
      withBook(async (book) => {
        const { id } = await book.create(draft());
        const other = { kind: "ntfy", name: "Phone", enabled: true, config: { topic: "topic", token: "***" } };
        expect((await book.update(id, other)).config.token).toBeUndefined();
      }));

    test("what is not valid names the field", () =>
      withBook(async (book) => {
        await expect(book.create(draft({ config: { url: "gotify.lab", token: "t" } }))).rejects.toMatchObject({
          code: "invalid",
          field: "config.url",
        });
        await expect(book.create(draft({ kind: "pigeon" }))).rejects.toMatchObject({ field: "kind" });
      }));

    test("others hear of each change, and a reload of theirs", () =>
      withBook(async (book, told) => {
        const { id } = await book.create(draft());
        await book.update(id, draft({ enabled: false }));
        await book.remove(id);
        await book.reload();
        expect(told).toEqual(["here", "here", "here", "elsewhere"]);
        expect(book.list()).toEqual([]);
      }));

    test("there is an end to them", () =>
      withBook(async (book) => {
        for (let index = 0; index < 100; index += 1) await book.create(draft({ name: `n${index}` }));
        await expect(book.create(draft({ name: "one more" }))).rejects.toMatchObject({ code: "too_many" });
      }));

    test("web pushes are signed with the same keys by every process, for good", async () => {
      const connection = await open();
      const [one, two] = await Promise.all([
        createPushKeys(connection, testSecrets)(),
        createPushKeys(connection, testSecrets)(),
      ]);
      expect(one).toEqual(two);
      await connection.close();
      const again = await open();
      expect(await createPushKeys(again, testSecrets)()).toEqual(one);
      await again.close();
    });
  });
}
