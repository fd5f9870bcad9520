import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { test } from "./server";
import { expectSignedIn, openBrowser, sendPassword } from "./visitors";

const PASSWORD = "the password of otto";
const MARKUP = "<img src=x onerror=window.ran=1>";

async function post(request: APIRequestContext, path: string, data: object): Promise<{ id: string }> {
  const answer = await request.post(`/api/trpc/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).result.data;
}
const rows = (page: Page) => page.getByRole("list", { name: "Audit log" }).getByRole("listitem");

test("says who did what, opens what was different, and leads to it", async ({ page, request }) => {
  const { id } = await post(request, "plugins.create", { plugin: "disk", name: "Disks", host: "nas", config: {} });
  await post(request, "plugins.update", { id, name: "Disks of the NAS", tags: ["media"] });
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Audit log" }).click();
  await expect(page).toHaveTitle(/^Audit log/);
  const [changed, added] = [rows(page).nth(0), rows(page).nth(1)];
  await expect(added).toContainText("Added the instance Disks");
  await expect(changed).toContainText("Changed the instance Disks of the NAS");
  await expect(changed).toContainText("Ada · 127.0.0.1");

  // With keys alone.
  await page.keyboard.press("j");
  const button = changed.getByRole("button", { name: "Changed the instance" });
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(changed.locator("del")).toHaveText(["before: Disks"]);
  await expect(changed.locator("ins")).toHaveText(["after: Disks of the NAS", "after: media"]);
  await expect(changed).toContainText("plugins.update");
  await page.keyboard.press("Enter");
  await expect(changed.locator("del")).toHaveCount(0);

  await changed.getByRole("link", { name: "Disks of the NAS" }).click();
  await expect(page).toHaveURL(new RegExp(`/instances/${id}$`));
});

test("filters live in the address; refusals stand out; older ones come on demand", async ({
  browser,
  page,
  request,
  unity,
}) => {
  await post(request, "people.create", { username: "otto", name: "Otto", password: PASSWORD, role: "editor" });
  const { context, page: his } = await openBrowser(browser, unity.url);
  await sendPassword(his, { username: "otto", password: "not his password" });
  await expect(his.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
  await sendPassword(his, { username: "otto", password: PASSWORD });
  await expectSignedIn(his);
  expect((await his.request.get("/api/trpc/audit.list")).status()).toBe(403);

  // It is an admin's page: an editor is neither led there nor let in.
  await his.goto("/settings");
  await expect(his.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  await his.goto("/settings/audit");
  await expect(his).toHaveURL(/\/forbidden$/);
  await context.close();

  await page.goto("/settings/audit");
  await page.getByRole("combobox", { name: "Any outcome" }).selectOption("Refused");
  await expect(page).toHaveURL(/\?outcome=refused$/);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(0)).toContainText("Tried to look at the audit log");
  await expect(rows(page).nth(0)).toContainText("which Otto lacks");
  await expect(rows(page).nth(0).getByRole("img", { name: "Refused" })).toBeVisible();
  await expect(rows(page).nth(1)).toContainText("Tried to sign in as otto");
  await expect(rows(page).nth(1)).toContainText("Not signed in · 127.0.0.1");

  await page.getByRole("combobox", { name: "Everybody" }).selectOption("Otto");
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("combobox", { name: "All time" }).selectOption("Last 7 days");
  await page.getByRole("combobox", { name: "Everything" }).selectOption("Audit log");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Everybody" })).toHaveValue(/./);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("combobox", { name: "Everything" }).selectOption("Channels");
  await expect(page.getByText("Nothing is like that")).toBeVisible();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/settings\/audit$/);

  for (let number = 1; number <= 60; number += 1)
    await post(request, "account.rename", { name: number % 2 === 0 ? "Ada" : "Ada L." });
  await page.getByRole("button", { name: "Read again" }).click();
  await expect(rows(page).first()).toContainText("Changed their own name");
  await expect(rows(page)).toHaveCount(50);
  await expect(page.getByText("Made the first admin")).toHaveCount(0);
  await page.getByRole("button", { name: "Older" }).click();
  await expect(page.getByText("Made the first admin")).toBeVisible();
  await expect(page.getByRole("button", { name: "Older" })).toHaveCount(0);
});

test("a secret that was replaced is told and not shown; a token is called by its name", async ({ page, request }) => {
  const draft = (token: string) => ({
    ...{ kind: "gotify", name: "Phone", enabled: true },
    config: { url: "https://gotify.lab", token },
  });
  const { id } = await post(request, "channels.create", draft("PLANTED-1"));
  const { secret } = (await post(request, "tokens.create", {
    name: "Ansible",
    scopes: ["administer"],
    expiresInDays: 1,
  })) as { id: string; secret: string };
  const answer = await request.post("/api/trpc/channels.update", {
    headers: { authorization: `Bearer ${secret}`, cookie: "" },
    data: { id, channel: draft("PLANTED-2") },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.goto("/settings/audit?what=channels");
  const changed = rows(page).first();
  await expect(changed).toContainText('Ada by the token "Ansible"');
  await changed.getByRole("button", { name: "Changed the channel" }).click();
  await expect(changed).toContainText("config.token");
  await expect(changed).toContainText("another secret; neither is shown");
  expect(await page.content()).not.toContain("PLANTED");
});

test("hostile names are only text, also where a row is open, at every width", async ({ page, request }) => {
  const hostile = {
    plugin: "disk",
    name: MARKUP,
    host: `<b onclick=1>${"h".repeat(150)}`,
    tags: ["\u202Egat", "x".repeat(60)],
  };
  await post(request, "plugins.create", { ...hostile, config: {} });
  await post(request, "tokens.create", { name: `${MARKUP}${"n".repeat(60)}`, scopes: ["read"], expiresInDays: 9 });
  await page.goto("/settings/audit");
  for (const deed of ["Added the instance", "Made the API token"])
    await page.getByRole("button", { name: deed }).click();
  await expect(rows(page).getByText(MARKUP, { exact: true }).first()).toBeVisible();
  await expectNarrow(page);
  await page.goto("/settings/tokens");
  await expect(page.getByText(MARKUP, { exact: false }).first()).toBeVisible();
  await expectNarrow(page);
});

async function expectNarrow(page: Page): Promise<void> {
  for (const width of [1440, 1024, 768, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => {
      if ("ran" in window || document.querySelector("img[src='x'], b[onclick]"))
        throw new Error("A name was taken for markup.");
      return Math.max(0, document.documentElement.scrollWidth - window.innerWidth);
    });
    expect(over, `${width} px wide`).toBe(0);
  }
}
