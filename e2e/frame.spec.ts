import { expect, type Page } from "@playwright/test";
import { listPages } from "./pages";
import { test } from "./server";

const isDark = (page: Page) => page.evaluate(() => document.documentElement.classList.contains("dark"));

/** Keys are heard once the page has come to life. */
async function arrive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("[data-connection=live]")).toBeAttached();
}

test.describe("theme", () => {
  test("the first paint is in the chosen theme, whatever the system says", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/settings");
    expect(await isDark(page)).toBe(false);
    await page.getByRole("radio", { name: "Dark" }).check({ force: true });
    expect(await isDark(page)).toBe(true);

    // What the page looked like before any of its scripts but the one in the head ran.
    await page.addInitScript(() => {
      const seen: boolean[] = [];
      Reflect.set(window, "seenDark", seen);
      new MutationObserver(() => {
        if (document.body) seen.push(document.documentElement.classList.contains("dark"));
      }).observe(document, { childList: true, subtree: true });
    });
    await page.reload();
    const seen: unknown = await page.evaluate(() => Reflect.get(window, "seenDark"));
    expect(seen).toEqual(expect.arrayContaining([true]));
    expect(seen).not.toEqual(expect.arrayContaining([false]));
  });

  test("auto follows the system while the page is open", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto("/settings");
    expect(await isDark(page)).toBe(true);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => isDark(page)).toBe(false);
  });

  test("the button in the bar goes through all three, and another tab follows", async ({ page, context }) => {
    await page.goto("/settings");
    const other = await context.newPage();
    await other.goto("/settings");
    await page.getByRole("button", { name: "Theme: auto" }).click();
    await page.getByRole("button", { name: "Theme: light" }).click();
    await expect(page.getByRole("button", { name: "Theme: dark" })).toBeVisible();
    await expect.poll(() => isDark(other)).toBe(true);
  });
});

test.describe("keys", () => {
  test("g and a letter go to a page", async ({ page }) => {
    await arrive(page, "/settings");
    for (const [key, title] of [
      ["a", "Alerts"],
      ["i", "Instances"],
      ["o", "Overview"],
      ["s", "Settings"],
      // Last, because its search takes the focus.
      ["c", "Catalogue"],
    ] as const) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await expect(page).toHaveTitle(new RegExp(`${title} · Unity$`));
    }
  });

  test("letters that are typed are letters", async ({ page }) => {
    await arrive(page, "/alerts/rules");
    const filter = page.getByRole("searchbox", { name: "Filter rules" });
    await filter.fill("");
    await filter.pressSequentially("gs?/");
    await expect(filter).toHaveValue("gs?/");
    await expect(page).toHaveURL(/\/alerts/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("a question mark lists all keys, and Escape closes the list", async ({ page }) => {
    await arrive(page, "/settings");
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await expect(sheet).toContainText("Next row");
    // Nothing behind a dialog moves.
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await expect(page).toHaveURL(/\/settings/);
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
  });

  test("j and k walk over rows, Enter opens one", async ({ page }) => {
    await arrive(page, "/alerts/rules");
    const links = page.locator("main [data-row] .row-link");
    await expect(links.nth(1)).toBeVisible();
    await page.keyboard.press("j");
    await expect(links.nth(0)).toBeFocused();
    await page.keyboard.press("j");
    await expect(links.nth(1)).toBeFocused();
    await page.keyboard.press("k");
    await expect(links.nth(0)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/alerts\/rules\/./);
  });

  test("on an instance, brackets and letters move its window", async ({ page, request }) => {
    await arrive(page, `/instances/${await firstInstance(request)}`);
    await expect(page.getByRole("group", { name: "Time range" })).toContainText("1 hour");
    await page.keyboard.press("z");
    await expect(page).toHaveURL(/range=120m/);
    await page.keyboard.press("[");
    await expect(page).toHaveURL(/from=\d+&to=\d+/);
    await page.keyboard.press("t");
    await expect(page).toHaveURL(/range=120m/);
    await page.goBack();
    await expect(page).toHaveURL(/from=\d+&to=\d+/);
  });

  test("the first stop of the keyboard skips to the content", async ({ page }) => {
    await page.goto("/settings");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(page.locator("main")).toBeFocused();
  });
});

test.describe("search", () => {
  test("finds a plugin by a few letters and opens it by keyboard alone", async ({ page }) => {
    await arrive(page, "/settings");
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: "Search or run a command" });
    await expect(field).toBeFocused();
    await field.pressSequentially("add postgr");
    const option = page.getByRole("option", { name: /Add PostgreSQL/ });
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "none");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/catalogue\/postgres$/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("runs an instance and says so; a command changes the theme", async ({ page }) => {
    await arrive(page, "/settings");
    await page.keyboard.press("/");
    await page.getByRole("combobox").fill("run now");
    await page.getByRole("option").first().click();
    await expect(page.getByText(/is being collected/)).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("dark theme");
    await page.keyboard.press("Enter");
    await expect.poll(() => isDark(page)).toBe(true);
  });

  test("what is not there is said in words", async ({ page }) => {
    await arrive(page, "/settings");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("<b>zzz");
    await expect(page.getByRole("dialog")).toContainText("Nothing matches “<b>zzz”.");
  });
});

test("the title and the icon carry the count of what fires", async ({ page, request }) => {
  await page.goto("/settings");
  await expect(page).toHaveTitle("Settings · Unity");
  const created = await request.post("/api/trpc/plugins.create", {
    data: {
      plugin: "postgres",
      name: "Nobody home",
      intervalSeconds: 5,
      config: { host: "127.0.0.1", port: 9, user: "u", password: "p" },
    },
  });
  expect(created.ok()).toBe(true);
  // Three runs must fail.
  await expect(page.getByRole("link", { name: /1 firing/ })).toBeVisible({ timeout: 50_000 });
  await expect(page).toHaveTitle("(1) Settings · Unity");
  expect(await page.locator("link[rel=icon]").first().getAttribute("href")).toMatch(/^data:image\/svg/);
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /Alerts/ })
    .click();
  await expect(page).toHaveTitle("(1) Alerts · Unity");
  await expect(page.getByRole("heading", { name: /^Firing/ })).toBeVisible();
});

test("320 pixels are wide enough for every page", async ({ page, request }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of await listPages(request)) {
    await page.goto(path);
    await expect(page.locator("main")).toBeVisible();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `${path} is ${over} px too wide`).toBeLessThanOrEqual(0);
  }
});

test("an address that leads nowhere says so and stays in the frame", async ({ page }) => {
  const response = await page.goto("/nowhere");
  expect(response?.status()).toBe(404);
  await expect(page.getByText("There is nothing here")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});

async function firstInstance(request: Parameters<typeof listPages>[0]): Promise<string> {
  const path = (await listPages(request)).find((one) => /^\/instances\/[^/]+$/.test(one));
  if (!path) throw new Error("There is no instance to open.");
  return path.replace("/instances/", "");
}
