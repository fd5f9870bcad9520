import { expect, type Page } from "@playwright/test";
import { ROLE_PERMISSIONS, type Role } from "../server/auth/visitor";
import { accessOf } from "../server/http/pages";
import { listPages } from "./pages";
import { test } from "./server";
import { expectSignedIn, openBrowser, sendPassword } from "./visitors";

const PASSWORD = "the password of this one";

function mayOpen(role: Role, href: string): boolean {
  const access = accessOf(href.split(/[?#]/, 1)[0] ?? "/");
  return access === "everybody" || access === "self" || ROLE_PERMISSIONS[role].includes(access);
}

/** What a page does that somebody must not, in one line each. */
function watchRefusals(page: Page): string[] {
  const found: string[] = [];
  page.on("response", async (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() === 403) found.push(`${page.url()}: 403 of ${pathname}`);
    // A batch answers with the status of each in its text.
    if (!pathname.startsWith("/api/trpc/")) return;
    const text = await response.text().catch(() => "");
    if (text.includes('"FORBIDDEN"')) found.push(`${page.url()}: ${pathname} is forbidden`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") found.push(`${page.url()}: ${message.text()}`);
  });
  return found;
}

/** Words on buttons and links that change something. */
const CHANGES: Readonly<Record<"viewer" | "editor", RegExp>> = {
  viewer:
    /^(add|edit|delete|run|pause|resume|acknowledge|unacknowledge|snooze|plan|new (rule|silence|route|channel)|find services|save|file|import|test|send|ignore|set up|end now|change)\b/i,
  editor: /^(edit|delete…|pause|resume|find services|new channel|test|ignore|set up|import)\b/i,
};
/** What of that a page offers. */
async function listChanges(page: Page, role: keyof typeof CHANGES): Promise<string[]> {
  const names = await page
    .locator("main button:enabled, main a")
    .evaluateAll((all) => all.map((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").trim()));
  return names.filter((name) => CHANGES[role].test(name));
}

/** On one's own account everybody changes what is theirs. */
const OWN = "/settings/account";
/** They describe what programs may do, with a right to each; nothing is done there. */
const DESCRIBED = /^\/api(\/|$)/;

for (const role of ["viewer", "editor"] as const) {
  test(`${role}: every page comes or leads away, nothing is refused, and nothing is offered that would be`, async ({
    browser,
    unity,
    page: admins,
    request,
  }) => {
    test.setTimeout(240_000);
    // What is looked for is there to be found, where somebody may do it.
    await admins.goto("/alerts/channels");
    await expectSignedIn(admins);
    expect(await listChanges(admins, role)).toContain("New channel");
    const made = await request.post("/api/trpc/people.create", {
      data: { username: role, name: role, password: PASSWORD, role },
    });
    expect(made.ok()).toBe(true);
    const { context, page } = await openBrowser(browser, unity.url);
    await sendPassword(page, { username: role, password: PASSWORD });
    await expectSignedIn(page);
    const refused = watchRefusals(page);
    const offered: string[] = [];
    for (const path of await listPages(request)) {
      await page.goto(path);
      if (!mayOpen(role, path)) {
        await expect(page, path).toHaveURL(/\/forbidden$/);
        await expect(page.getByText("Your role may not open this page")).toBeVisible();
        continue;
      }
      await expectSignedIn(page);
      await page.waitForLoadState("networkidle");
      await expect(page.getByRole("alert").filter({ hasText: /could not|not answer|went wrong/ }), path).toHaveCount(0);
      const links = await page
        .locator("a[href^='/']")
        .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
      offered.push(...links.filter((href) => !mayOpen(role, href)).map((href) => `${path}: a link to ${href}`));
      if (path === OWN || DESCRIBED.test(path)) continue;
      offered.push(...(await listChanges(page, role)).map((name) => `${path}: ${name}`));
    }
    expect(offered).toEqual([]);
    // A page that says that it is not there answers so.
    expect(refused.filter((line) => !line.includes("/nowhere: Failed to load resource"))).toEqual([]);
    await context.close();
  });
}

test("search offers a viewer pages only, and keys change nothing", async ({ browser, unity, request }) => {
  const made = await request.post("/api/trpc/people.create", {
    data: { username: "vera", name: "Vera", password: PASSWORD, role: "viewer" },
  });
  expect(made.ok()).toBe(true);
  const { context, page } = await openBrowser(browser, unity.url);
  await sendPassword(page, { username: "vera", password: PASSWORD });
  await expectSignedIn(page);
  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: /^Search/ });
  for (const word of ["Run now", "Add PostgreSQL", "Find services", "People"]) {
    await search.fill(word);
    await expect(page.getByRole("option", { name: word })).toHaveCount(0);
  }
  await search.fill("Account");
  await expect(page.getByRole("option", { name: /^Account/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expect(page.getByText("On an alert")).toHaveCount(0);
  await context.close();
});
