import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, totp } from "../auth/test-browser";
import { openServed } from "./test-matrix";
import { ADMIN } from "./test-sign-in";

let served: Awaited<ReturnType<typeof openServed>>;
beforeAll(async () => {
  served = await openServed();
}, 60_000);
afterAll(() => served.close());

let last = 10;
/** Each test comes from an address of its own: wrong tries of one are not another's. */
const open = (more: Record<string, string> = {}) =>
  openBrowser(served.url, { "x-forwarded-for": `203.0.113.${last++}`, ...more });
const people = () => served.unity.accounts.people;
let made = 0;
async function add(role: "admin" | "editor" | "viewer" = "viewer") {
  const username = `somebody${++made}`;
  return people().create({ name: username, username, password: ADMIN.password, role });
}
/** Signed in. */
async function enter(username: string | null, password = ADMIN.password) {
  const browser = open();
  expect((await browser.signIn(username ?? "", password)).status).toBe(200);
  return browser;
}

describe("signing in", () => {
  test("the right password opens, a wrong one and an unknown name are told apart by nothing", async () => {
    const browser = open();
    const wrong = await browser.signIn("ada", "wrong horse battery");
    const unknown = await browser.signIn("nobody", "wrong horse battery");
    expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
    expect((await browser.me()).role).toBeNull();
    expect((await browser.signIn("ADA", ADMIN.password)).body).toEqual({ secondFactor: false });
    expect(await browser.me()).toMatchObject({ name: "Ada", role: "admin", via: "session" });
  });

  test("no answer holds the session; its cookie is kept from scripts and from other sites", async () => {
    const browser = open();
    const { text } = await browser.signIn("ada", ADMIN.password);
    const token = decodeURIComponent(browser.jar.get("unity.session_token") ?? "").split(".")[0] ?? "";
    expect(token.length).toBeGreaterThan(20);
    expect(text).not.toContain(token);
    const line = browser.set.find((one) => one.startsWith("unity.session_token=")) ?? "";
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=Lax/i);
    expect(line).not.toMatch(/; Secure/i);
    const encrypted = open({ "x-forwarded-proto": "https", origin: served.url });
    const answer = await encrypted.signIn("ada", ADMIN.password);
    expect(encrypted.set.every((one) => /; Secure/i.test(one))).toBe(true);
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
  });

  test("a cookie that was changed, or signed by somebody else, is nobody's", async () => {
    const browser = await enter("ada");
    const cookie = browser.jar.get("unity.session_token") ?? "";
    for (const forged of [
      cookie.replace(/.$/, "x"),
      cookie.split(".")[0] ?? "",
      `x${cookie}`,
      "%00",
      "a".repeat(5_000),
    ]) {
      browser.jar.set("unity.session_token", forged);
      expect((await browser.me()).role).toBeNull();
    }
  });

  test("signing out ends the session, not only the cookie", async () => {
    const browser = await enter("ada");
    const cookie = browser.jar.get("unity.session_token") ?? "";
    await browser.post("/api/auth/sign-out");
    browser.jar.set("unity.session_token", cookie);
    expect((await browser.me()).role).toBeNull();
  });

  test("who guesses is shut out, and the person is not", async () => {
    const { username } = await add();
    const guesser = open();
    for (let index = 0; index < 10; index += 1)
      expect((await guesser.signIn(username ?? "", `wrong horse ${index}`)).status).toBe(401);
    const late = await guesser.signIn(username ?? "", ADMIN.password);
    expect(late.status).toBe(429);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(60);
    await enter(username);
  });

  test("what is too large, no JSON, or from another site is refused", async () => {
    const browser = open();
    expect((await browser.signIn("ada", "x".repeat(70_000))).status).toBe(413);
    expect((await browser.post("/api/auth/sign-in/username", [] as never)).status).toBe(400);
    expect((await open({ origin: "http://evil.example" }).signIn("ada", ADMIN.password)).status).toBe(403);
  });
});

describe("rights", () => {
  test("a change of what somebody may do ends that one's sessions at once", async () => {
    const person = await add("editor");
    const browser = await enter(person.username);
    expect((await browser.me()).role).toBe("editor");
    await people().update(person.id, { name: "Renamed", role: "editor" });
    expect(await browser.me()).toMatchObject({ role: "editor", name: "Renamed" });
    await people().update(person.id, { name: "Renamed", role: "viewer" });
    expect((await browser.me()).role).toBeNull();
  });

  test("who is switched off is out, and cannot come in", async () => {
    const person = await add();
    const browser = await enter(person.username);
    await people().update(person.id, { name: "x", role: "viewer", disabled: true });
    expect((await browser.me()).role).toBeNull();
    const refused = await browser.signIn(person.username ?? "", ADMIN.password);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: "NOT_ADMITTED" });
    expect((await browser.me()).role).toBeNull();
  });

  test("who is removed is out", async () => {
    const person = await add();
    const browser = await enter(person.username);
    await people().remove(person.id);
    expect((await browser.me()).role).toBeNull();
    await expect(people().require(person.id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("the last who may administer stays", async () => {
    const [ada] = (await people().list()).filter(({ username }) => username === "ada");
    const id = ada?.id ?? "";
    const refused = { code: "conflict" };
    await expect(people().update(id, { name: "Ada", role: "viewer" })).rejects.toMatchObject(refused);
    await expect(people().update(id, { name: "Ada", role: "admin", disabled: true })).rejects.toMatchObject(refused);
    await expect(people().remove(id)).rejects.toMatchObject(refused);
    const other = await add("admin");
    await people().update(id, { name: "Ada", role: "editor" });
    await people().update(id, { name: "Ada", role: "admin" });
    await people().remove(other.id);
  });

  test("what cannot be is told at its field", async () => {
    const draft = { name: "Eve", username: "eve", password: ADMIN.password, role: "viewer" as const };
    const refused = (more: object) => people().create({ ...draft, ...more });
    await expect(refused({ username: "ADA" })).rejects.toMatchObject({ code: "conflict", field: "username" });
    await expect(refused({ username: "a b" })).rejects.toMatchObject({ code: "invalid", field: "username" });
    await expect(refused({ password: "short" })).rejects.toMatchObject({ code: "invalid", field: "password" });
    await expect(refused({ role: "editor", tags: ["attic"] })).rejects.toMatchObject({
      code: "invalid",
      field: "tags",
    });
    await expect(refused({ role: "owner" })).rejects.toMatchObject({ code: "invalid", field: "role" });
  });
});

describe("passwords and second factors", () => {
  test("a new password ends all other sessions, and the old one opens nothing", async () => {
    const { username } = await add();
    const [browser, other] = [await enter(username), await enter(username)];
    const change = (currentPassword: string) =>
      browser.post("/api/auth/change-password", { currentPassword, newPassword: "another horse battery" });
    expect((await change("wrong horse battery")).status).toBe(400);
    expect((await other.me()).role).toBe("viewer");
    expect((await change(ADMIN.password)).status).toBe(200);
    expect((await browser.me()).role).toBe("viewer");
    expect((await other.me()).role).toBeNull();
    expect((await open().signIn(username ?? "", ADMIN.password)).status).toBe(401);
    await enter(username, "another horse battery");
  });

  test("a password that an admin sets ends every session", async () => {
    const person = await add();
    const browser = await enter(person.username);
    await people().setPassword(person.id, "another horse battery");
    expect((await browser.me()).role).toBeNull();
    await enter(person.username, "another horse battery");
  });

  test("with a second factor the password alone opens nothing; a recovery code opens once", async () => {
    const { username, id } = await add();
    const owner = await enter(username);
    const enabled = await owner.post("/api/auth/two-factor/enable", { password: ADMIN.password });
    const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
    expect((await owner.post("/api/auth/two-factor/verify-totp", { code: totp(totpURI) })).status).toBe(200);
    expect(await people().require(id)).toMatchObject({ twoFactor: true });

    const browser = open();
    expect((await browser.signIn(username ?? "", ADMIN.password)).body).toEqual({ secondFactor: true });
    expect((await browser.me()).role).toBeNull();
    expect((await browser.post("/api/auth/two-factor/verify-totp", { code: "000000" })).status).toBe(401);
    expect((await browser.me()).role).toBeNull();
    const code = totp(totpURI);
    expect((await browser.post("/api/auth/two-factor/verify-totp", { code })).body).toEqual({ secondFactor: false });
    expect((await browser.me()).role).toBe("viewer");

    const lost = open();
    await lost.signIn(username ?? "", ADMIN.password);
    const recover = { code: backupCodes[0] };
    expect((await lost.post("/api/auth/two-factor/verify-backup-code", recover)).status).toBe(200);
    expect((await lost.me()).role).toBe("viewer");
    const again = open();
    await again.signIn(username ?? "", ADMIN.password);
    expect((await again.post("/api/auth/two-factor/verify-backup-code", recover)).status).toBe(401);
    expect((await again.me()).role).toBeNull();

    await people().resetFactors(id);
    expect((await open().signIn(username ?? "", ADMIN.password)).body).toEqual({ secondFactor: false });
  });

  test("sessions are listed without what opens them, and ended one by one", async () => {
    const { username } = await add();
    const [browser, other] = [await enter(username), await enter(username)];
    const sessions = async () => {
      const { body, text } = await browser.get("/api/trpc/account.sessions");
      const token = decodeURIComponent(other.jar.get("unity.session_token") ?? "").split(".")[0] ?? "";
      expect(text).not.toContain(token);
      return (body as { result: { data: { id: string; current: boolean; address: string }[] } }).result.data;
    };
    const listed = await sessions();
    expect(listed.map(({ current }) => current)).toEqual([false, true]);
    expect(listed[0]?.address).toMatch(/^203\.0\.113\./);
    await browser.post("/api/trpc/account.endSession", { id: listed[0]?.id });
    expect((await other.me()).role).toBeNull();
    expect(await sessions()).toHaveLength(1);
    // Nobody else's.
    const stranger = await enter("ada");
    const refused = await stranger.post("/api/trpc/account.endSession", { id: (await sessions())[0]?.id });
    expect(refused.status).toBe(404);
  });
});

describe("what is written down", () => {
  const written = async (action: string) => {
    await expect.poll(async () => (await served.unity.audit.list({ action, limit: 50 })).length).toBeGreaterThan(0);
    // Entries are written together, at the side.
    await new Promise((wake) => setTimeout(wake, 700));
    return served.unity.audit.list({ action, limit: 50 });
  };

  test("who came in, who was refused and from where, who left, and who has a new password", async () => {
    const { username, id, name } = await add();
    const stranger = open();
    await stranger.signIn(username ?? "", "wrong horse battery");
    await stranger.signIn("typed-as-a-name", "wrong horse battery");
    const browser = await enter(username);
    await browser.post("/api/auth/change-password", {
      currentPassword: ADMIN.password,
      newPassword: "another horse battery",
    });
    await browser.post("/api/auth/sign-out");
    const signIns = (await written("sign-in")).filter(({ subject }) => subject === username || subject === name);
    expect(signIns).toMatchObject([
      { outcome: "done", actorId: id, actor: name, via: "session", address: expect.stringMatching(/^203\.0\.113\./) },
      { outcome: "refused", actorId: null, via: "none", details: { reason: "INVALID_USERNAME_OR_PASSWORD" } },
    ]);
    expect((await written("account.password"))[0]).toMatchObject({ outcome: "done", actorId: id });
    expect((await written("sign-out"))[0]).toMatchObject({ outcome: "done", actorId: id });
    const [first] = await written("first-run");
    expect(first).toMatchObject({ outcome: "done", subject: "ada" });
    const all = JSON.stringify(await served.unity.audit.list({ limit: 500 }));
    for (const [text] of planted) expect(all).not.toContain(text);
  });
});

/** What must not be seen anywhere, and what it is. */
const planted = new Map<string, string>([
  [ADMIN.password, "a password"],
  ["another horse battery", "a new password"],
  ["wrong horse battery", "a wrong password"],
  ["typed-as-a-name", "what was typed as a name that nobody has: a password, maybe"],
]);

describe("what nobody sees", () => {
  test("no password, code, secret of a second factor or token is in the log; none lies readable in the database", async () => {
    const { username } = await add();
    const browser = await enter(username);
    const enabled = await browser.post("/api/auth/two-factor/enable", { password: ADMIN.password });
    const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
    await browser.post("/api/auth/two-factor/verify-totp", { code: totp(totpURI) });
    planted.set(new URL(totpURI).searchParams.get("secret") ?? "", "the secret of a second factor");
    for (const code of backupCodes) planted.set(code, "a recovery code");
    const session = decodeURIComponent(browser.jar.get("unity.session_token") ?? "").split(".")[0] ?? "";
    const log = served.lines.join("");
    expect(log.length).toBeGreaterThan(500);
    for (const [text, what] of [...planted, [session, "the token of a session"] as const]) {
      expect([text.length > 5, what]).toEqual([true, what]);
      expect([log.includes(text), what]).toEqual([false, what]);
    }
    for (const name of await readdir(served.dataFolder)) {
      const bytes = await readFile(join(served.dataFolder, name), "latin1").catch(() => "");
      for (const [text, what] of planted) expect([name, what, bytes.includes(text)]).toEqual([name, what, false]);
    }
  });
});
