import { expect, type Page } from "@playwright/test";
import { totpOf } from "../server/auth/test-browser";
import { ADMIN } from "../server/http/test-sign-in";
import { test } from "./server";
import { expectSignedIn, openBrowser, sendPassword } from "./visitors";

/** Answers a question about the password. */
async function givePassword(page: Page, action: string): Promise<void> {
  await page.getByLabel("Your password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("dialog").getByRole("button", { name: action }).click();
}

/** @returns the secret of the phone, and the recovery codes */
async function setUpTwoFactor(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Set up two-factor" }).click();
  await givePassword(page, "Continue");
  await expect(page.getByRole("img", { name: "The key as a QR code" })).toBeVisible();
  const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  await page.getByLabel("Code that the app shows").fill("000000");
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This code is not right" })).toBeVisible();
  await page.getByLabel("Code that the app shows").fill(totpOf(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  const list = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(list.first()).toBeVisible();
  const codes = await list.allTextContents();
  await page.getByRole("button", { name: "I have kept them" }).click();
  return { secret, codes };
}

test("two-factor: set up with a QR code or its key, asked for at the sign-in, a recovery code works once", async ({
  browser,
  unity,
  page,
}) => {
  const { secret, codes } = await setUpTwoFactor(page);
  expect(codes.length).toBeGreaterThanOrEqual(8);
  expect(new Set(codes).size).toBe(codes.length);
  await expect(page.getByText("A code of your phone, after the password.")).toBeVisible();
  // Its session is a new one: the page goes on.
  await expectSignedIn(page);

  const phone = await openBrowser(browser, unity.url);
  await sendPassword(phone.page);
  await phone.page.getByLabel("Code of your authenticator").fill("000000");
  await phone.page.getByRole("button", { name: "Sign in" }).click();
  await expect(phone.page.getByRole("alert").filter({ hasText: "This code is not right" })).toBeVisible();
  await phone.page.getByLabel("Code of your authenticator").fill(totpOf(secret));
  await phone.page.getByLabel("Ask for no code on this device for 30 days").check();
  await phone.page.getByRole("button", { name: "Sign in" }).click();
  await expectSignedIn(phone.page);
  // This device asks for none any more.
  await phone.page.goto("/settings/account");
  await phone.page.getByRole("button", { name: "Sign out" }).click();
  await expect(phone.page).toHaveURL(/\/sign-in$/);
  await sendPassword(phone.page);
  await expectSignedIn(phone.page);
  await phone.context.close();

  for (const outcome of ["in", "refused"] as const) {
    const lost = await openBrowser(browser, unity.url);
    await sendPassword(lost.page);
    await lost.page.getByRole("button", { name: "The phone is lost" }).click();
    await lost.page.getByLabel("Recovery code").fill(codes[0] ?? "");
    await lost.page.getByRole("button", { name: "Sign in" }).click();
    if (outcome === "in") await expectSignedIn(lost.page);
    else await expect(lost.page.getByRole("alert").filter({ hasText: "was used before" })).toBeVisible();
    await lost.context.close();
  }
});

test("recovery codes are made anew, and two-factor is switched off, by the password only", async ({
  browser,
  unity,
  page,
}) => {
  const { codes } = await setUpTwoFactor(page);
  await page.getByRole("button", { name: "New codes" }).click();
  await page.getByLabel("Your password", { exact: true }).fill("not my password");
  await page.getByRole("button", { name: "Make new codes" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This is not your password." })).toBeVisible();
  await givePassword(page, "Make new codes");
  const list = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(list).toHaveCount(codes.length);
  const renewed = await list.allTextContents();
  expect(renewed.some((code) => codes.includes(code))).toBe(false);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("unity-recovery-codes.txt");
  await page.getByRole("button", { name: "I have kept them" }).click();

  await page.getByRole("button", { name: "Switch off two-factor" }).click();
  await givePassword(page, "Switch off");
  await expect(page.getByRole("button", { name: "Set up two-factor" })).toBeVisible();
  const other = await openBrowser(browser, unity.url);
  await sendPassword(other.page);
  await expectSignedIn(other.page);
  await other.context.close();
});

test("a new password ends the other sessions, and is the only one that is right then", async ({
  browser,
  unity,
  page,
}) => {
  const next = "a sentence is easy to remember";
  const other = await openBrowser(browser, unity.url);
  await sendPassword(other.page);
  await expectSignedIn(other.page);

  await page.goto("/settings/account");
  await expect(page.getByRole("button", { name: /^End Chrome/ })).toBeVisible();
  await page.getByRole("button", { name: "Change your password" }).click();
  await page.getByLabel("Your password now").fill("not my password");
  await page.getByLabel("The new one").fill("short");
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page.getByText("A password has 10 to 200 characters.")).toBeVisible();
  await page.getByLabel("The new one").fill(next);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await page.getByLabel("Your password now").fill(ADMIN.password);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page.getByText("Your other sessions have ended.")).toBeVisible();
  await expect(other.page).toHaveURL(/\/sign-in/, { timeout: 30_000 });
  await expect(page.getByRole("button", { name: /^End Chrome/ })).toHaveCount(0);
  await page.reload();
  await expectSignedIn(page);

  await sendPassword(other.page);
  await expect(other.page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
  await sendPassword(other.page, { ...ADMIN, password: next });
  await expectSignedIn(other.page);
  await other.context.close();
});

test("a session is ended from the list of all, and one is called by another name", async ({ browser, unity, page }) => {
  const other = await openBrowser(browser, unity.url);
  await sendPassword(other.page);
  await expectSignedIn(other.page);
  await page.goto("/settings/account");
  const sessions = page.getByRole("region", { name: "Sessions" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await expect(sessions.getByRole("listitem").first()).toContainText("This one");
  await sessions.getByRole("button", { name: /^End Chrome on Linux at 127/ }).click();
  await expect(other.page).toHaveURL(/\/sign-in/, { timeout: 30_000 });
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await other.context.close();

  await page.getByRole("button", { name: "Change your name" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "You" }).getByText("Ada Lovelace")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/settings/account");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
});

test("a passkey is added, renamed, signs in, and is deleted; an address of numbers says why it has none", async ({
  browser,
  unity,
  page,
}) => {
  await page.goto("/settings/account");
  await expect(page.getByText("at its name instead of an IP address")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a passkey" })).toHaveCount(0);

  const named = await openBrowser(browser, `http://localhost:${unity.port}`);
  const devTools = await named.context.newCDPSession(named.page);
  await devTools.send("WebAuthn.enable");
  await devTools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await sendPassword(named.page);
  await expectSignedIn(named.page);
  await named.page.goto("/settings/account");
  const passkeys = named.page.getByRole("region", { name: "Passkeys" });
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await expect(named.page.getByLabel("Name", { exact: true })).toHaveValue("Chrome on Linux");
  await named.page.getByRole("button", { name: "Continue" }).click();
  await expect(passkeys.getByRole("listitem")).toContainText("Chrome on Linux");

  await passkeys.getByRole("button", { name: "More about Chrome on Linux" }).click();
  await named.page.getByRole("menuitem", { name: "Rename…" }).click();
  await named.page.getByLabel("Name", { exact: true }).fill("Desk");
  await named.page.getByRole("button", { name: "Save" }).click();
  await expect(passkeys.getByRole("listitem")).toContainText("Desk");

  await named.page.getByRole("button", { name: "Sign out" }).click();
  await named.page.getByRole("button", { name: "Use a passkey" }).click();
  await expectSignedIn(named.page);
  await named.page.goto("/settings/account");
  await passkeys.getByRole("button", { name: "More about Desk" }).click();
  await named.page.getByRole("menuitem", { name: "Delete…" }).click();
  await named.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(passkeys.getByText("No passkey yet")).toBeVisible();
  await named.context.close();
});
