import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../clock";
import type { Connection } from "../db/database";
import { createLog } from "../log";
import { testSecrets } from "../vault/test-vault";
import { type Accounts, NO_ACCOUNT_SETTINGS, openAccounts } from "./accounts";
import { totp } from "./test-browser";

const PASSWORD = "correct horse battery";

/** What holds of people, sessions and second factors on every database. `open` gives the same one each time. */
export function describeAccounts(name: string, open: () => Promise<Connection>): void {
  describe(`accounts on ${name}`, () => {
    let connection: Connection;
    let accounts: Accounts;
    let told = 0;
    beforeAll(async () => {
      connection = await open();
      accounts = await openAccounts({
        connection,
        secrets: testSecrets,
        settings: NO_ACCOUNT_SETTINGS,
        clock: systemClock,
        log: createLog("fatal"),
        tell() {
          told += 1;
        },
      });
    }, 60_000);
    afterAll(async () => {
      await accounts?.close();
      await connection?.close();
    });

    const ask = async (path: string, body: object, cookie = "") => {
      const headers = { "content-type": "application/json", cookie };
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await accounts.answer(new Request(`http://unity.home/api/auth${path}`, init));
      const cookies = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
      return {
        status: answer.status,
        body: (await answer.json()) as Record<string, unknown>,
        cookie: cookies.join("; "),
      };
    };
    const signIn = (username: string) => ask("/sign-in/username", { username, password: PASSWORD });
    const who = async (cookie: string) => (await accounts.identify({ cookie })).visitor;

    test("the first admin is made once, whoever asks at the same time", async () => {
      expect(await accounts.firstRun.isOpen()).toBe(true);
      const make = (username: string) =>
        accounts.firstRun.make({ name: username, username, password: PASSWORD }, { token: undefined, local: true });
      const made = await Promise.allSettled(["ada", "eve", "bob"].map(make));
      expect(made.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
      expect(await accounts.firstRun.isOpen()).toBe(false);
      expect((await accounts.people.list()).map(({ username, role }) => [username, role])).toEqual([["ada", "admin"]]);
    });

    test("a person comes back as it was made, and as it was changed", async () => {
      const draft = {
        name: "Zoë 日本",
        username: "Zoe",
        password: PASSWORD,
        role: "viewer" as const,
        tags: ["attic", "größe"],
      };
      const made = await accounts.people.create(draft);
      expect(made).toMatchObject({
        name: "Zoë 日本",
        username: "zoe",
        email: null,
        role: "viewer",
        tags: ["attic", "größe"],
        disabled: false,
        twoFactor: false,
        ways: ["credential"],
        lastSeenAt: null,
      });
      expect(await accounts.people.findByUsername("ZOE")).toEqual(made);
      const changed = await accounts.people.update(made.id, { name: "Zoë", role: "editor", tags: null });
      expect(changed).toEqual({ ...made, name: "Zoë", role: "editor", tags: null });
      await expect(accounts.people.create(draft)).rejects.toMatchObject({ code: "conflict", field: "username" });
    });

    test("who signs in is known by the cookie, until the session is ended", async () => {
      const before = told;
      const { status, cookie } = await signIn("zoe");
      expect(status).toBe(200);
      const visitor = await who(cookie);
      expect(visitor).toMatchObject({ name: "Zoë", role: "editor", via: "session", tags: null });
      const [session] = await accounts.sessions.list(visitor.userId ?? "");
      expect(session).toMatchObject({ id: visitor.credentialId });
      expect((session?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(29 * 86_400_000);
      expect((await accounts.people.require(visitor.userId ?? "")).lastSeenAt).toBe(session?.lastUsedAt);
      await accounts.sessions.end(visitor.userId ?? "", visitor.credentialId ?? "");
      expect((await who(cookie)).role).toBeNull();
      expect(told).toBeGreaterThan(before);
    });

    test("a role that a provider gives ends sessions when it is another one; the only admin stays", async () => {
      const { people } = accounts;
      const [ada, zoe] = await Promise.all(["ada", "zoe"].map((one) => people.findByUsername(one)));
      const { cookie } = await signIn("zoe");
      const take = (role: "editor" | "admin" | "viewer") => people.takeRole(zoe?.id ?? "", role);
      expect(await take("editor")).toMatchObject({ person: { role: "editor" }, before: "editor", isKept: false });
      expect((await who(cookie)).role).toBe("editor");
      expect(await people.takeRole(ada?.id ?? "", "viewer")).toMatchObject({ person: { role: "admin" }, isKept: true });
      expect(await people.isLastAdmin(ada?.id ?? "")).toBe(true);
      expect(await take("admin")).toMatchObject({ person: { role: "admin" }, before: "editor", isKept: false });
      expect((await who(cookie)).role).toBeNull();
      expect(await people.isLastAdmin(ada?.id ?? "")).toBe(false);
      expect(await take("editor")).toMatchObject({ person: { role: "editor" }, before: "admin", isKept: false });
    });

    test("a session that is used goes on, its cookie is set anew once a day", async () => {
      const { db, schema } = connection;
      const { cookie } = await signIn("zoe");
      expect((await accounts.identify({ cookie })).cookies).toEqual([]);
      const until = Date.now() + 28 * 86_400_000;
      await db.update(schema.sessions).set({ expiresAt: until });
      accounts.reload();
      const [seen, atOnce] = await Promise.all([accounts.identify({ cookie }), accounts.identify({ cookie })]);
      expect(seen.visitor).toMatchObject({ name: "Zoë", via: "session" });
      expect(atOnce.visitor).toMatchObject({ name: "Zoë" });
      expect(seen.cookies.join()).toMatch(/^unity\.session_token=.*Max-Age=2592000/);
      const [session] = await accounts.sessions.list(seen.visitor.userId ?? "");
      expect(session?.expiresAt).toBeGreaterThan(until + 86_400_000);
      expect((await accounts.identify({ cookie })).cookies).toEqual([]);
      await accounts.sessions.endAll(seen.visitor.userId ?? "");
    });

    test("a cookie that is not as it was signed is nobody's", async () => {
      const { cookie } = await signIn("zoe");
      const [name, value = ""] = cookie.split("=", 2);
      const [token = "", signature = ""] = decodeURIComponent(value).split(".");
      const bent = [
        token,
        `${token}.`,
        `.${signature}`,
        `${token}x.${signature}`,
        `${token}.${signature.replace(/^./, (first) => (first === "A" ? "B" : "A"))}`,
        `${token}.${signature}=`,
        `${token}.${"A".repeat(43)}=`,
      ];
      for (const other of bent.map(encodeURIComponent).concat("%", `%E0%A4%A.${signature}`))
        expect((await who(`${name}=${other}`)).role).toBeNull();
      expect((await who(cookie)).name).toBe("Zoë");
      const { schema, db } = connection;
      await db.update(schema.sessions).set({ expiresAt: Date.now() - 1 });
      accounts.reload();
      expect((await who(cookie)).role).toBeNull();
      await db.delete(schema.sessions);
    });

    test("second factors, recovery codes and what waits for them work, each code once", async () => {
      const { cookie } = await signIn("zoe");
      const enabled = await ask("/two-factor/enable", { password: PASSWORD }, cookie);
      const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
      expect((await ask("/two-factor/verify-totp", { code: totp(totpURI) }, cookie)).status).toBe(200);
      const waiting = await signIn("zoe");
      expect(waiting.body).toMatchObject({ twoFactorRedirect: true });
      expect((await who(waiting.cookie)).role).toBeNull();
      const other = await signIn("zoe");
      const codes = await Promise.all(
        [waiting, other].map(({ cookie: mine }) =>
          ask("/two-factor/verify-backup-code", { code: backupCodes[0] }, mine),
        ),
      );
      expect(codes.map(({ status }) => status).toSorted()).toEqual([200, expect.toSatisfy((status) => status >= 400)]);
      for (let index = 0; index < 3; index += 1) {
        const wrong = await ask("/two-factor/verify-totp", { code: "000000" }, (await signIn("zoe")).cookie);
        expect(wrong.status).toBe(401);
      }
      const right = await ask("/two-factor/verify-totp", { code: totp(totpURI) }, (await signIn("zoe")).cookie);
      expect(right.status).toBe(200);
      expect((await who(right.cookie)).name).toBe("Zoë");
    });

    test("what expired is pruned, and a person takes everything along", async () => {
      const { schema, db } = connection;
      const zoe = await accounts.people.findByUsername("zoe");
      await db.update(schema.sessions).set({ expiresAt: 1_000 });
      await db.update(schema.verifications).set({ expiresAt: 1_000 });
      await accounts.sessions.prune();
      expect(await db.select().from(schema.sessions)).toEqual([]);
      expect(await db.select().from(schema.verifications)).toEqual([]);
      await signIn("ada");
      await accounts.people.remove(zoe?.id ?? "");
      for (const table of [schema.accounts, schema.twoFactors])
        expect((await db.select().from(table)).filter(({ userId }) => userId === zoe?.id)).toEqual([]);
    });

    test("another process signs by the same secret, and has the same token for a first admin", async () => {
      const { cookie } = await signIn("ada");
      const again = await openAccounts({
        connection,
        secrets: testSecrets,
        settings: NO_ACCOUNT_SETTINGS,
        clock: systemClock,
        log: createLog("fatal"),
        tell: () => {},
      });
      expect((await again.identify({ cookie })).visitor).toMatchObject({ name: "ada", role: "admin" });
      expect(again.firstRun.token).toBe(accounts.firstRun.token);
      await again.close();
    });
  });
}
