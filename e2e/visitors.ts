import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { ADMIN } from "../server/http/test-sign-in";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A browser of its own, with nobody signed in. */
export async function openBrowser(browser: Browser, baseURL: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  return { context, page: await context.newPage() };
}

/** Fills in the sign-in of a page, and sends it. */
export async function sendPassword(page: Page, { username, password }: Credentials = ADMIN): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Name", { exact: true }).fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.locator("[data-connection=live]")).toBeAttached();
}
