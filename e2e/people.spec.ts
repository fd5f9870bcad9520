import { expect } from "@playwright/test";
import { test } from "./server";
import { expectSignedIn, openBrowser, sendPassword } from "./visitors";

test("an admin adds a viewer, who sees no editing; another role ends the session; switched off, nobody comes in", async ({
  browser,
  unity,
  page,
}) => {
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "People" }).click();
  const people = page.getByRole("list", { name: "People" });
  await expect(people.getByRole("listitem")).toHaveCount(1);

  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name to sign in with").fill("ada");
  await dialog.getByLabel("Password", { exact: true }).fill("short");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("A password has 10 to 200 characters.")).toBeVisible();
  await dialog.getByRole("button", { name: "Make one" }).click();
  const password = await dialog.getByLabel("Password", { exact: true }).inputValue();
  expect(password).toMatch(/^\w{5}(-\w{5}){3}$/);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText('Somebody signs in as "ada" already.')).toBeVisible();
  await dialog.getByLabel("Name to sign in with").fill("vera");
  await dialog.getByLabel("What to call them").fill("Vera");
  await expect(dialog.getByRole("radio", { name: /^Viewer/ })).toBeChecked();
  await dialog.getByRole("switch", { name: "Only what has certain tags" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Choose or type a tag")).toBeVisible();
  await dialog.getByRole("switch", { name: "Only what has certain tags" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const vera = people.getByRole("listitem").filter({ hasText: "Vera" });
  await expect(vera).toContainText("Viewer");
  await expect(vera).toContainText("not signed in");

  const hers = await openBrowser(browser, unity.url);
  await sendPassword(hers.page, { username: "Vera", password });
  await expectSignedIn(hers.page);
  await hers.page.goto("/alerts/rules");
  await expect(hers.page.getByRole("switch").first()).toBeDisabled();
  await expect(hers.page.getByRole("link", { name: "New rule" })).toHaveCount(0);
  await hers.page.goto("/settings");
  await expect(hers.page.getByRole("link", { name: "People" })).toHaveCount(0);
  await hers.page.goto("/settings/people");
  await expect(hers.page).toHaveURL(/\/forbidden$/);

  await vera.getByRole("button", { name: "More about Vera" }).click();
  await page.getByRole("menuitem", { name: "Change…" }).click();
  await dialog.getByRole("radio", { name: /^Editor/ }).check();
  await expect(dialog.getByText("Their sessions end: they sign in again.")).toBeVisible();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(vera).toContainText("Editor");
  await expect(hers.page).toHaveURL(/\/sign-in/, { timeout: 30_000 });
  await sendPassword(hers.page, { username: "vera", password });
  await expectSignedIn(hers.page);
  await hers.page.goto("/alerts/rules");
  await expect(hers.page.getByRole("link", { name: "New rule" })).toBeVisible();

  await vera.getByRole("button", { name: "More about Vera" }).click();
  await page.getByRole("menuitem", { name: "Switch off…" }).click();
  await dialog.getByRole("button", { name: "Switch off" }).click();
  await expect(vera).toContainText("Switched off");
  await expect(hers.page).toHaveURL(/\/sign-in/, { timeout: 30_000 });
  await sendPassword(hers.page, { username: "vera", password });
  await expect(hers.page.getByRole("alert").filter({ hasText: "switched off" })).toBeVisible();
  await hers.context.close();
});

test("a new password is set, lost factors are reset, and somebody is deleted after a question", async ({
  browser,
  unity,
  page,
  request,
}) => {
  const first = "the first password";
  const made = await request.post("/api/trpc/people.create", {
    data: { username: "otto", name: "Otto", password: first, role: "editor" },
  });
  expect(made.ok()).toBe(true);
  const his = await openBrowser(browser, unity.url);
  await sendPassword(his.page, { username: "otto", password: first });
  await expectSignedIn(his.page);

  await page.goto("/settings/people");
  const otto = page.getByRole("list", { name: "People" }).getByRole("listitem").filter({ hasText: "Otto" });
  const dialog = page.getByRole("dialog");
  const choose = async (item: string) => {
    await otto.getByRole("button", { name: "More about Otto" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await choose("New password…");
  await dialog.getByRole("button", { name: "Make one" }).click();
  const password = await dialog.getByLabel("Password", { exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Set it" }).click();
  await expect(page.getByText("Otto has a new password.")).toBeVisible();
  await expect(his.page).toHaveURL(/\/sign-in/, { timeout: 30_000 });
  await sendPassword(his.page, { username: "otto", password: first });
  await expect(his.page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
  await sendPassword(his.page, { username: "otto", password });
  await expectSignedIn(his.page);

  await choose("Reset two-factor and passkeys…");
  await dialog.getByRole("button", { name: "Reset" }).click();
  await expect(page.getByText("Otto signs in with the password alone.")).toBeVisible();
  await expect(his.page).toHaveURL(/\/sign-in/, { timeout: 30_000 });

  await choose("Delete…");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(otto).toBeVisible();
  await choose("Delete…");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(otto).toHaveCount(0);
  await sendPassword(his.page, { username: "otto", password });
  await expect(his.page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
  await his.context.close();
});

test("the last admin stays one", async ({ page }) => {
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "More about Ada" }).click();
  await page.getByRole("menuitem", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /^Editor/ }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Make somebody else an admin first.", { exact: false })).toBeVisible();
});
