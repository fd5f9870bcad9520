import { expect, type Page } from "@playwright/test";
import { test } from "./server";
import { expectSignedIn, openBrowser, sendPassword } from "./visitors";

const ask = (url: string, secret: string, path = "plugins.instances") =>
  fetch(`${url}/api/trpc/${path}`, { headers: { authorization: `Bearer ${secret}` } });

const mine = (page: Page) => page.getByRole("list", { name: "Your tokens", exact: true });

test("a token is made, copied, used and revoked, and is shown once", async ({ page, context, unity }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "API tokens" }).click();
  await expect(page).toHaveTitle(/^API tokens/);
  await expect(page.getByText("No token yet")).toBeVisible();

  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  const make = dialog.getByRole("button", { name: "Make it" });
  await make.click();
  await expect(dialog.getByText("Say what it is for.")).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).fill("Backup script");
  await expect(dialog.getByRole("radio", { name: "90 days" })).toBeChecked();
  await dialog.getByRole("checkbox", { name: /^Read/ }).uncheck();
  await make.click();
  await expect(dialog.getByText("Choose at least one thing that it may do.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: /^Read/ }).check();
  await dialog.getByRole("radio", { name: "No end" }).press("Space");
  await expect(dialog.getByText("It lets in whoever has it until somebody revokes it.")).toBeVisible();
  await dialog.getByRole("radio", { name: "30 days" }).press("Space");
  await make.click();

  await expect(dialog.getByText("it is not shown again", { exact: false })).toBeVisible();
  // A press beside it does not lose it.
  await page.mouse.click(5, 400);
  await dialog.getByRole("button", { name: "Copy the token" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(secret).toMatch(/^unity_[0-9A-Za-z]{49}$/);
  await expect(dialog.getByRole("region", { name: "Try it" })).toContainText(
    `curl -H "Authorization: Bearer ${secret}" ${unity.url}/api/trpc/plugins.instances`,
  );
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(secret)).toHaveCount(0);

  const row = mine(page).getByRole("listitem").filter({ hasText: "Backup script" });
  await expect(row).toContainText(`${secret.slice(0, 12)}…`);
  await expect(row).toContainText("not used yet");
  expect((await ask(unity.url, secret)).status).toBe(200);
  expect((await ask(unity.url, secret, "audit.list")).status).toBe(403);
  await page.reload();
  await expect(row).toContainText(/used .+ from 127\.0\.0\.1/);
  await expect(row).toContainText(/expires in (29|30) days/);
  expect(await page.content()).not.toContain(secret);

  await row.getByRole("button", { name: "Revoke Backup script" }).click();
  await expect(dialog).toContainText('Revoke "Backup script"?');
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await ask(unity.url, secret)).status).toBe(200);
  await row.getByRole("button", { name: "Revoke Backup script" }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("No token yet")).toBeVisible();
  expect((await ask(unity.url, secret)).status).toBe(401);
});

test("one that ends soon says so, and a name is taken once", async ({ page, request }) => {
  const data = { name: "Phone", scopes: ["read", "respond"], tags: ["media"], expiresInDays: 5 };
  expect((await request.post("/api/trpc/tokens.create", { data })).ok()).toBe(true);
  await page.goto("/settings/tokens");
  const row = mine(page).getByRole("listitem").filter({ hasText: "Phone" });
  for (const text of ["Read", "Respond", "media", "expires in"]) await expect(row).toContainText(text);
  await expect(row.getByRole("img", { name: "Soon" })).toBeVisible();

  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("phone");
  await dialog.getByRole("button", { name: "Make it" }).click();
  await expect(dialog.getByText('There is a token named "phone" already.')).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).fill("Tablet");
  await dialog.getByRole("checkbox", { name: /^Edit/ }).check();
  await dialog.getByRole("switch", { name: "Only what has certain tags" }).click();
  await expect(dialog.getByText("Rules and settings are about everything", { exact: false })).toBeVisible();
  await dialog.getByRole("button", { name: "Make it" }).click();
  await expect(dialog.getByText("Choose or type a tag", { exact: false })).toBeVisible();
});

test("a viewer makes one that only reads; an admin sees it and revokes it", async ({
  browser,
  page,
  request,
  unity,
}) => {
  const password = "the password of vera";
  const person = { username: "vera", name: "Vera", password, role: "viewer" };
  expect((await request.post("/api/trpc/people.create", { data: person })).ok()).toBe(true);
  const { context, page: hers } = await openBrowser(browser, unity.url);
  await sendPassword(hers, { username: "vera", password });
  await expectSignedIn(hers);
  await hers.goto("/settings/tokens");
  await hers.getByRole("button", { name: "New token" }).click();
  await expect(hers.getByRole("checkbox")).toHaveCount(1);
  await hers.getByLabel("Name", { exact: true }).fill("Desk lamp");
  await hers.getByRole("button", { name: "Make it" }).click();
  const secret = (await hers.getByRole("region", { name: "Token", exact: true }).locator("code").textContent()) ?? "";
  await hers.getByRole("button", { name: "Done" }).click();
  await expect(mine(hers).getByRole("listitem")).toHaveCount(1);
  await expect(hers.getByText("Tokens of others")).toHaveCount(0);
  await context.close();
  expect((await ask(unity.url, secret)).status).toBe(200);

  await page.goto("/settings/tokens");
  const row = page.getByRole("list", { name: "Tokens of others" }).getByRole("listitem");
  await expect(row).toContainText("of Vera");
  await row.getByRole("button", { name: "Revoke Desk lamp" }).click();
  await expect(page.getByRole("dialog")).toContainText('Revoke "Desk lamp" of Vera?');
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("Tokens of others")).toHaveCount(0);
  expect((await ask(unity.url, secret)).status).toBe(401);
});
