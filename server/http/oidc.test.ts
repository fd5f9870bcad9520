import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../auth/test-browser";
import { openProvider } from "../auth/test-provider";
import { freePort, openServed } from "./test-matrix";

let served: Awaited<ReturnType<typeof openServed>>;
let provider: Awaited<ReturnType<typeof openProvider>>;
let port = 0;
beforeAll(async () => {
  port = await freePort();
  provider = await openProvider(() => `http://127.0.0.1:${port}/api/auth/callback/oidc`);
  served = await open("viewer");
}, 60_000);
afterAll(async () => {
  await served.close();
  provider.close();
});

const open = (newcomers: string) =>
  openServed({
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
