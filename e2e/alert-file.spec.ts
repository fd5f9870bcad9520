import { readFile } from "node:fs/promises";
import { type APIRequestContext, expect as base, type Page } from "@playwright/test";
import { test } from "./server";

/** A machine that tests and builds at the same time is slow. */
const expect = base.configure({ timeout: 20_000 });
const SECRET = "https://hooks.test/PLANTED";

async function post(request: APIRequestContext, path: string, data: unknown): Promise<{ id: string }> {
  const answer = await request.post(`/api/trpc/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).result.data;
}
async function list(request: APIRequestContext, path: string): Promise<Record<string, unknown>[]> {
  return (await (await request.get(`/api/trpc/${path}`)).json()).result.data;
}

test("a rule gets channels of its own and labels, and everything goes to a file and comes back", async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const phone = await post(request, "channels.create", { kind: "webhook", name: "Phone", config: { url: SECRET } });
  await page.goto("/alerts/rules/new?metric=disk_used_ratio");
  const form = page.getByRole("form", { name: "New rule" });
  await form.getByLabel("Limit", { exact: true }).fill("90 %");
  // A Unity that has just been started has yet to measure its disk.
  await expect(page.getByRole("region", { name: "The rule in words" })).toContainText("Disk used above 90%");
  await expect(form.getByText("None is chosen: the routes decide who is told.")).toBeVisible();
  await form.getByRole("button", { name: "Phone" }).click();
  await expect(form.getByRole("button", { name: "Phone", pressed: true })).toBeVisible();
  await form.getByRole("button", { name: "Add label" }).click();
  await form.getByLabel("Value of label 1").fill("infra");
  await form.getByRole("button", { name: "Make rule" }).click();
  await expect(form.getByText("Give each label a name.")).toBeVisible();
  await form.getByLabel("Name of label 1").fill("team");
  await expect(form.getByText("Tells Phone in any case. Labels: team infra.")).toBeVisible();
  await form.getByLabel("Name", { exact: true }).fill("Disk of mine");
  await form.getByRole("button", { name: "Make rule" }).click();
  await expect(page).toHaveURL(/\/alerts\/rules$/);
  const own = async () =>
    (await list(request, "alerts.rule.all"))
      .map(({ rule }) => rule as Record<string, unknown>)
      .find(({ name }) => name === "Disk of mine");
  expect(await own()).toMatchObject({ channels: [phone.id], labels: { team: "infra" } });

  const file = await exportFile(page);
  expect(file).toContain("name: Disk of mine");
  expect(file).not.toContain("PLANTED");

  await post(request, "alerts.rule.remove", { id: String((await own())?.id) });
  await post(request, "channels.remove", { id: phone.id });
  await page.goto("/alerts/channels");
  const dialog = await openImport(page);
  await dialog.getByLabel("Or its text").fill("version: 1\nrules:\n  - name: [\n");
  await dialog.getByRole("button", { name: "Show what changes" }).click();
  await expect(dialog.getByRole("alert")).toContainText(/Line \d+: The file is not YAML/);
  await dialog
    .getByLabel("Choose a file")
    .setInputFiles({ name: "a.yaml", mimeType: "application/yaml", buffer: Buffer.from(file) });
  const changes = dialog.getByRole("region", { name: "What it changes" });
  await expect(changes.getByText("Added (2)")).toBeVisible();
  await expect(changes.getByText('The channel "Phone" is off until this is typed in: Address.')).toBeVisible();
  expect(await list(request, "channels.list")).toEqual([]);
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("switch", { name: "Phone: on" })).not.toBeChecked();
  expect(await own()).toMatchObject({ channels: [phone.id], labels: { team: "infra" } });

  // For one host another channel is told, and the page says so in words.
  await page.goto("/alerts/rules/disk/disk_full");
  await page.getByRole("button", { name: "Change", exact: true }).click();
  const change = page.getByRole("dialog", { name: /^Change/ });
  await change.getByText("Others", { exact: true }).click();
  await change.getByRole("button", { name: "Phone" }).click();
  await change.getByRole("button", { name: "Save" }).click();
  await expect(change).toBeHidden();
  await expect(page.getByRole("region", { name: "What was changed" })).toContainText("tells Phone");
});

async function exportFile(page: Page): Promise<string> {
  await page.getByRole("button", { name: "File", exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export everything" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^unity-alerts-\d{4}-\d\d-\d\d\.yaml$/);
  return readFile(await download.path(), "utf8");
}

async function openImport(page: Page) {
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByRole("menuitem", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a file" });
  await expect(dialog).toBeVisible();
  return dialog;
}
