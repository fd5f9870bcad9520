import { join } from "node:path";
import { expect } from "@playwright/test";
import Database from "libsql";
import { test } from "./server";

/** The server waits ten seconds for a lock before it says so. */
const TOLD_WITHIN_MS = 40_000;

test("retention is changed with the plan in sight, and is there after a reload", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Storage" }).click();
  await expect(page).toHaveTitle(/^Storage/);
  await expect(page.getByText(/It levels off at/)).toBeVisible();
  const plugins = page.getByRole("table", { name: "What each plugin takes" });
  await expect(plugins.getByText("System", { exact: true })).toBeVisible();
  const save = page.getByRole("button", { name: "Save" });
  await expect(save).toBeDisabled();

  // Hours shorter than samples cannot be: it says so, and what would do.
  await page.getByLabel("Exact samples", { exact: true }).fill("400");
  await expect(page.getByText("Not shorter than exact samples: 400 days or more.")).toBeVisible();
  await expect(save).toBeDisabled();

  // A budget that nothing fits into: the plan says so before anything is saved.
  await page.getByLabel("Exact samples", { exact: true }).fill("14");
  await page.getByLabel("Keep it under").fill("0.001");
  await expect(page.getByText(/It does not fit into 1.02 MiB/)).toBeVisible();
  await expect(page.getByText("Not saved")).toBeVisible();
  await page.getByLabel("Keep it under").fill("50");
  await expect(page.getByText(/It fits: .+ of 50 GiB/)).toBeVisible();

  await page.getByLabel("Exact samples of one plugin").click();
  await page.getByRole("option", { name: "System" }).click();
  await page.getByLabel("System", { exact: true }).fill("3");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved. It applies from tonight on.")).toBeVisible();
  await expect(page.getByText("Not saved")).toBeHidden();

  await page.reload();
  // By their role: a page that streams in has its parts twice for a moment, once hidden.
  const field = (name: string) => page.getByRole("textbox", { name, exact: true });
  await expect(field("Exact samples")).toHaveValue("14");
  await expect(field("System")).toHaveValue("3");
  await expect(page.getByRole("textbox", { name: "Keep it under" })).toHaveValue("50");
  await expect(save).toBeDisabled();
  await page.goto("/settings");
  await expect(page.getByText("14 d exact", { exact: false })).toBeVisible();
});

test("discarding puts back what is set, also where no number was typed", async ({ page }) => {
  await page.goto("/settings/storage");
  const raw = page.getByLabel("Exact samples", { exact: true });
  await raw.fill("many");
  await raw.blur();
  await expect(page.getByText("Type a number.")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(raw).toHaveValue("30");
  await expect(page.getByRole("button", { name: "Discard" })).toBeHidden();
});

test("every page says that the database does not take samples, until it does", async ({ page, unity }) => {
  test.setTimeout(150_000);
  await page.goto("/");
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  const notice = page.getByRole("alert").filter({ hasText: "The database does not take samples" });
  await expect(notice).toBeHidden();

  const other = new Database(join(unity.dataFolder, "unity-samples.db"));
  other.exec("begin immediate");
  try {
    await expect(notice).toBeVisible({ timeout: TOLD_WITHIN_MS });
    await expect(notice).toContainText(/samples wait and are written by themselves/);
    await page.goto("/settings");
    await expect(notice).toBeVisible();
  } finally {
    other.exec("rollback");
    other.close();
  }
  await expect(notice).toBeHidden({ timeout: TOLD_WITHIN_MS });
});
