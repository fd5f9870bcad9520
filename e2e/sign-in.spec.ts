import { expect, type Page } from "@playwright/test";
import { ADMIN } from "../server/http/test-sign-in";
import { startUnity } from "./built-unity";
import { test as base, test } from "./server";

const fresh = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern that the fixture needs no other.
  unity: async ({}, use) => {
    const unity = await startUnity({}, [], { admin: false });
    await use(unity);
    await unity.dispose();
  },
});

async function fill(page: Page, { username, password }: { username: string; password: string }) {
  await page
    .getByLabel("Name to sign in with")
    .or(page.getByLabel("Name", { exact: true }))
    .fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

fresh("the first who comes from this machine makes the admin in one step, and is in", async ({ page, unity }) => {
  await page.goto(`${unity.url}/alerts`);
  await expect(page).toHaveURL(/\/first-run$/);
  await expect(page.getByLabel("Setup token")).toHaveCount(0);
  await fill(page, { username: "ada", password: "short" });
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("A password has 10 to 200 characters.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Begin" }).click();
  // The machine was watched all the time.
  await expect(page.getByRole("region", { name: /^Hosts/ })).toBeVisible();
  await expect(page.locator("[data-connection=live]")).toBeVisible();
  await page.goto(`${unity.url}/first-run`);
  await expect(page).toHaveURL(`${unity.url}/`);
});

fresh(
  "who comes from elsewhere needs the token of the log, and a second admin is not made",
  async ({ page, unity, request }) => {
    await page.setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.7" });
    await page.goto(unity.url);
    await fill(page, ADMIN);
    await page.getByLabel("Setup token").fill("not this one");
    await page.getByRole("button", { name: "Begin" }).click();
    await expect(page.getByText("This is not the setup token that the log of Unity shows.")).toBeVisible();
    const token = /"setupToken":"([^"]+)"/.exec(unity.output())?.[1] ?? "";
    await page.getByLabel("Setup token").fill(token);
    await page.getByRole("button", { name: "Begin" }).click();
    await expect(page.getByRole("region", { name: /^Hosts/ })).toBeVisible();
    const second = await request.post("/api/first-run", { data: { ...ADMIN, username: "eve", token } });
    expect(second.status()).toBe(409);
  },
);

test("a page asks who it is, tells what is wrong, and comes after the right password", async ({ browser, unity }) => {
  const context = await browser.newContext({ baseURL: unity.url, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto("/alerts/history?range=7d");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await fill(page, { username: "ada", password: "wrong horse battery" });
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${unity.url}/alerts/history?range=7d`);
  await expect(page.locator("[data-connection=live]")).toBeVisible();
  // No address leads out of Unity.
  await page.goto("/sign-in?to=//evil.example");
  await expect(page).toHaveURL(`${unity.url}/`);
  await context.close();
});

test("a session that is ended elsewhere ends on the page that is open", async ({ browser, unity, page }) => {
  await page.goto("/instances");
  await expect(page.locator("[data-connection=live]")).toBeVisible();
  const context = await browser.newContext({ baseURL: unity.url, storageState: { cookies: [], origins: [] } });
  const other = await context.newPage();
  await other.goto("/sign-in");
  await fill(other, ADMIN);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.locator("[data-connection=live]")).toBeVisible();
  const ended = await other.request.post("/api/trpc/account.endOtherSessions", { data: {} });
  expect(await ended.json()).toMatchObject({ result: { data: { ended: 1 } } });
  await expect(page).toHaveURL(/\/sign-in\?to=%2Finstances$/, { timeout: 30_000 });
  await expect(other.locator("[data-connection=live]")).toBeVisible();
  await context.close();
});
