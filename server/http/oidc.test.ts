import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "../auth/test-browser";
import { openProvider } from "../auth/test-provider";
import { freePort, openServed } from "./test-matrix";

let served: Awaited<ReturnType<typeof openServed>>;
let provider: Awaited<ReturnType<typeof openProvider>>;
let port = 0;
/** At the provider. */
const groups = new Map<string, readonly string[]>();
beforeAll(async () => {
  port = await freePort();
  const redirectUri = () => `http://127.0.0.1:${port}/api/auth/callback/oidc`;
  provider = await openProvider(redirectUri, (who) => groups.get(who));
  served = await open("viewer");
}, 60_000);
afterAll(async () => {
  await served.close();
  provider.close();
});

const open = (newcomers: string, more: Record<string, string> = {}) =>
  openServed({
    ...more,
    PORT: String(port),
    UNITY_OIDC_ISSUER: provider.issuer,
    UNITY_OIDC_CLIENT_ID: provider.clientId,
    UNITY_OIDC_CLIENT_SECRET: provider.clientSecret,
    UNITY_OIDC_NAME: "Provider",
    UNITY_NEW_PEOPLE: newcomers,
  });

/** @returns where the browser ends up, and who it is then */
async function enter(who: string, to = "/alerts") {
  const browser = openBrowser(served.url);
  const asked = await browser.post("/api/auth/sign-in/social", { callbackURL: to });
  expect(asked.status).toBe(200);
  const url = (asked.body as { url: string }).url;
  const back = new URL(await provider.enter(url, who));
  expect(back.origin).toBe(served.url);
  const came = await browser.get(back.pathname + back.search);
  return { browser, back, location: came.headers.get("location"), me: await browser.me() };
}

test("somebody whom the provider knows comes in, as a viewer, and is the same the next time", async () => {
  const first = await enter("zoe");
  expect(first.location).toBe("/alerts");
  expect(first.me).toMatchObject({ name: "zoe of the provider", role: "viewer", via: "session" });
  const [zoe] = (await served.unity.accounts.people.list()).filter(({ email }) => email === "zoe@example.org");
  expect(zoe).toMatchObject({ username: null, ways: ["oidc"], role: "viewer" });
  await served.unity.accounts.people.update(zoe?.id ?? "", { name: "Zoë", role: "editor" });
  expect((await first.browser.me()).role).toBeNull();
  expect((await enter("zoe")).me).toMatchObject({ name: "Zoë", role: "editor" });
});

test("who is switched off here is not let in by the provider", async () => {
  await enter("bob");
  const [bob] = (await served.unity.accounts.people.list()).filter(({ email }) => email === "bob@example.org");
  await served.unity.accounts.people.update(bob?.id ?? "", { name: "Bob", role: "viewer", disabled: true });
  expect((await enter("bob")).me.role).toBeNull();
});

test("an answer that another browser asked for, or that comes twice, opens nothing", async () => {
  const browser = openBrowser(served.url);
  const asked = await browser.post("/api/auth/sign-in/social", {});
  const back = new URL(await provider.enter((asked.body as { url: string }).url, "eve"));
  const stranger = openBrowser(served.url);
  const refused = await stranger.get(back.pathname + back.search);
  expect(refused.headers.get("location")).toMatch(/^(http:\/\/127\.0\.0\.1:\d+)?\/sign-in\?error=/);
  expect((await stranger.me()).role).toBeNull();
  await browser.get(back.pathname + back.search);
  browser.jar.delete("unity.session_token");
  await browser.get(back.pathname + back.search);
  expect((await browser.me()).role).toBeNull();
});

test("nobody is led out of Unity", async () => {
  for (const to of ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
    expect((await enter("zoe", to)).location).toBe("/");
});

test("where only those may come whom an admin added, others are told so", async () => {
  await served.close();
  served = await open("nobody");
  const { location, me } = await enter("mallory");
  expect(location).toMatch(/\/sign-in\?error=signup_disabled/);
  expect(me.role).toBeNull();
});

test("who comes for the first time gets the role that is set for newcomers", async () => {
  await served.close();
  served = await open("editor");
  expect((await enter("newton")).me).toMatchObject({ role: "editor" });
});

describe("with roles by groups", () => {
  const ROLES = {
    UNITY_OIDC_SCOPES: "openid profile email groups",
    UNITY_OIDC_ROLES: "admin=homelab-admins,editor=ops,editor=on call",
  };
  const people = () => served.unity.accounts.people;
  const find = async (who: string) => (await people().list()).find(({ email }) => email === `${who}@example.org`);

  test("somebody has the highest role of his groups, each time he comes, and other sessions end with a change", async () => {
    await served.close();
    served = await open("viewer", ROLES);
    groups.set("grace", ["everybody", "on call", "homelab-admins"]);
    const first = await enter("grace");
    expect(first.me.role).toBe("admin");
    expect((await enter("grace")).me.role).toBe("admin");
    expect((await first.browser.me()).role).toBe("admin");
    groups.set("grace", ["on call"]);
    const second = await enter("grace");
    expect(second.me.role).toBe("editor");
    expect((await first.browser.me()).role).toBeNull();
    groups.delete("grace");
    expect((await enter("grace")).me.role).toBe("viewer");
    expect((await second.browser.me()).role).toBeNull();
    const { id } = (await find("grace")) ?? { id: "" };
    const changes = (await served.unity.audit.list({ action: "people.role", limit: 10 })).map(
      ({ subjectId, details }) => [subjectId, details.changes],
    );
    expect(changes).toEqual([
      [id, [{ path: "role", before: "editor", after: "viewer" }]],
      [id, [{ path: "role", before: "admin", after: "editor" }]],
      [id, [{ path: "role", before: "viewer", after: "admin" }]],
    ]);
  });

  test("tags of a viewer stay while he is one; a role that is given here lasts until he comes again", async () => {
    await enter("tim");
    const { id } = (await find("tim")) ?? { id: "" };
    await people().update(id, { name: "Tim", role: "viewer", tags: ["attic"] });
    expect((await enter("tim")).me).toMatchObject({ role: "viewer", tags: ["attic"] });
    groups.set("tim", ["ops"]);
    expect((await enter("tim")).me).toMatchObject({ role: "editor", tags: null });
    await people().update(id, { name: "Tim", role: "admin" });
    expect((await enter("tim")).me.role).toBe("editor");
  });

  test("the only one who may administer stays, and gets in", async () => {
    groups.set("linus", ["homelab-admins"]);
    await enter("linus");
    const [ada] = (await people().list()).filter(({ username }) => username === "ada");
    await people().remove(ada?.id ?? "");
    groups.delete("linus");
    expect((await enter("linus")).me.role).toBe("admin");
    expect(served.lines.join("")).toContain("that one stays an admin");
  });

  test("with nobody as newcomers, a group is what lets somebody in, and without one nobody comes in any more", async () => {
    await served.close();
    served = await open("nobody", ROLES);
    groups.set("rosa", ["ops"]);
    expect((await enter("rosa")).me.role).toBe("editor");
    const stranger = await enter("mallory");
    expect(stranger.location).toMatch(/\/sign-in\?error=signup_disabled/);
    expect(stranger.me.role).toBeNull();
    expect(await find("mallory")).toBeUndefined();
    groups.set("rosa", ["everybody"]);
    const out = await enter("rosa");
    expect(out.location).toMatch(/\/sign-in\?error=not_in_group/);
    expect(out.me.role).toBeNull();
  });

  test("who is switched off stays so, whatever the provider says", async () => {
    groups.set("rosa", ["ops"]);
    const { id } = (await find("rosa")) ?? { id: "" };
    await people().update(id, { name: "Rosa", role: "viewer", disabled: true });
    groups.set("rosa", ["homelab-admins"]);
    expect((await enter("rosa")).me.role).toBeNull();
    expect(await find("rosa")).toMatchObject({ role: "viewer", disabled: true });
  });
});
