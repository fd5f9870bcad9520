import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { listPages } from "./pages";
import { test } from "./server";

/** What axe finds serious or critical, in one line each. */
async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["dark", "light"] as const) {
  test(`no page has a serious barrier, ${colorScheme}`, async ({ page, request }) => {
    // Every plugin has a page of its own.
    test.setTimeout(480_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found: string[] = [];
    for (const path of await listPages(request)) {
      await page.goto(path);
      await expect(page.locator("[data-connection=live]")).toBeAttached();
      found.push(...(await findBarriers(page)).map((barrier) => `${path} ${barrier}`));
    }
    expect(found).toEqual([]);
  });

  test(`neither has what opens above a page, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/settings");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option").first()).toBeVisible();
    expect(await findBarriers(page), "search").toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    expect(await findBarriers(page), "keys").toEqual([]);
    await page.goto("/settings/tokens");
    await page.getByRole("button", { name: "New token" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Backup script");
    expect(await findBarriers(page), "a new token").toEqual([]);
    await page.getByRole("button", { name: "Make it" }).click();
    await expect(page.getByRole("button", { name: "Copy the token" })).toBeVisible();
    expect(await findBarriers(page), "a token that is shown once").toEqual([]);
    await page.goto("/settings/audit");
    await page.getByRole("button", { name: "Made the API token" }).click();
    await expect(page.locator("ins").first()).toBeVisible();
    expect(await findBarriers(page), "an open line of the audit log").toEqual([]);
  });
}
