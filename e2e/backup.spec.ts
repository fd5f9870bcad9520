import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { ADMIN } from "../server/http/test-sign-in";
import { test } from "./server";

const run = promisify(execFile);
const PASSPHRASE = "correct horse battery staple";

test("an admin downloads a backup under a passphrase, and it comes back on a machine with another key", async ({
  page,
  request,
}) => {
  const SECRET = "hunter2-of-a-channel";
  const config = { url: "https://gotify.lab", token: SECRET };
  const made = await request.post("/api/trpc/channels.create", { data: { kind: "gotify", name: "Phone", config } });
  expect(made.ok()).toBe(true);
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Backup" }).click();
  await expect(page.getByText("none yet")).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Under the key/ })).toBeChecked();

  await page.getByRole("radio", { name: /^Under a passphrase/ }).check();
  const [first, second] = [page.getByLabel("Passphrase", { exact: true }), page.getByLabel("Once more")];
  const button = page.getByRole("button", { name: "Download a backup" });
  await expect(button).toBeDisabled();
  await first.fill("short");
  await expect(page.getByText("7 more characters.")).toBeVisible();
  await second.fill("short");
  await button.click();
  await expect(page.getByText("The passphrase is shorter than 12 characters.", { exact: false })).toBeVisible();
  await first.fill(PASSPHRASE);
  await button.click();
  await expect(page.getByText("The two are not the same.")).toBeVisible();
  await second.fill(PASSPHRASE);
  await expect(page.getByText("The two are not the same.")).toHaveCount(0);
  const download = page.waitForEvent("download");
  await button.click();
  const taken = await download;
  expect(taken.suggestedFilename()).toMatch(/^unity-backup-[\dTZ-]+\.unity$/);
  await expect(page.getByText("By Ada, secrets under a passphrase")).toBeVisible();
  await expect(page.getByText(`npm run restore -- ${taken.suggestedFilename()}`)).toBeVisible();

  const folder = await mkdtemp(join(tmpdir(), "unity-restored-"));
  const file = join(folder, taken.suggestedFilename());
  await taken.saveAs(file);
  const bytes = await readFile(file, "latin1");
  for (const secret of [SECRET, PASSPHRASE, ADMIN.password]) expect(bytes).not.toContain(secret);
  expect(await restore(file, folder, PASSPHRASE)).toMatchObject({ secrets: { kind: "passphrase" } });
  await expect(restore(file, folder, "not the passphrase of it")).rejects.toThrow();
  await rm(folder, { recursive: true });
});

/** By the command of the built tree. @returns what it said */
async function restore(file: string, folder: string, passphrase: string): Promise<unknown> {
  const data = await mkdtemp(join(folder, "data-"));
  const env = { ...process.env, UNITY_DATA: data, UNITY_BACKUP_PASSPHRASE: passphrase };
  const { stdout } = await run(process.execPath, ["unity.js", "restore", file], { cwd: ".next/standalone", env });
  return JSON.parse(stdout);
}

test("one that is cancelled, or that Unity does not give, is said in a sentence, and the next one comes", async ({
  page,
}) => {
  await page.goto("/settings/backup");
  const button = page.getByRole("button", { name: "Download a backup" });
  await page.route("/api/backup", () => undefined, { times: 1 });
  await button.click();
  await expect(page.getByText("Leave this tab open", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Cancelled: nothing was saved." })).toBeVisible();
  await page.route("/api/backup", (route) => route.abort(), { times: 1 });
  await button.click();
  await expect(page.getByRole("alert").filter({ hasText: "Unity does not answer." })).toBeVisible();
  const download = page.waitForEvent("download");
  await button.click();
  await download;
  await expect(page.getByText("By Ada, secrets under its key")).toBeVisible();
});
