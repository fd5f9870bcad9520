import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect as base, type Page } from "@playwright/test";
import { startUnity } from "./built-unity";
import { test as plain } from "./server";

/** A machine that tests and builds at the same time is slow. */
const expect = base.configure({ timeout: 20_000 });

/** A Unity with a folder of files of its own. */
const test = plain.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern that the fixture needs no other.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "unity-files-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  unity: async ({ folder }, use) => {
    const unity = await startUnity({ UNITY_PROVISION: folder });
    await use(unity);
    await unity.dispose();
  },
});

const GATUS = `endpoints:
  - name: Wiki of the house
    group: core
    url: http://127.0.0.1:9/health
    conditions: ["[STATUS] == 200", "len([BODY].items) > 3"]
  - name: Chat
    url: wss://127.0.0.1:9
    conditions: ["[CONNECTED] == true"]
`;
const fileOf = (name: string) =>
  `version: 1\ninstances:\n  - { id: door, plugin: web-service, name: ${name}, config: { address: "http://127.0.0.1:9" } }\n`;

async function openFiles(page: Page): Promise<void> {
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Files" }).click();
  await expect(page).toHaveTitle(/^Files/);
}

test("a configuration of Gatus is looked at, and comes over", async ({ page }) => {
  test.setTimeout(120_000);
  await openFiles(page);
  await page.getByRole("radio", { name: "Gatus" }).check({ force: true });
  await page.getByLabel("Choose its file").setInputFiles({
    name: "config.yaml",
    mimeType: "application/yaml",
    buffer: Buffer.from(GATUS),
  });
  const report = page.getByRole("region", { name: "What becomes of it" });
  await expect(report).toContainText("Not mapped (1)");
  await expect(report).toContainText("Unity has no plugin for wss://.");
  await expect(report).toContainText("The condition len([BODY].items) > 3");
  await expect(page.getByRole("region", { name: "What it changes" })).toContainText("Added (1)");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("Imported: 1 thing.")).toBeVisible();
  await page.goto("/instances");
  await expect(page.getByRole("link", { name: /Wiki of the house/ }).first()).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("button", { name: "YAML" })
      .click()
      .then(() => page.getByRole("menuitem", { name: "Download" }).click()),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain("name: Wiki of the house");
});

test("what a file makes is marked, drift is shown, and both ways out of it are taken", async ({ page, folder }) => {
  test.setTimeout(120_000);
  await writeFile(join(folder, "house.yaml"), fileOf("Door"));
  await expect
    .poll(async () => (await page.request.get("/api/v1/config/provision/things")).text())
    .toContain("house.yaml");
  await page.goto("/instances/door");
  await expect(page.getByText("by file house.yaml")).toBeVisible();

  const rename = (name: string) => page.request.post("/api/trpc/plugins.update", { data: { id: "door", name } });
  expect((await rename("Gate")).ok()).toBe(true);
  await page.goto("/instances/door");
  await page.getByRole("link", { name: "not as in house.yaml" }).click();
  const drift = page.getByRole("list", { name: "Not as in the files" }).getByRole("listitem");
  await expect(drift).toContainText("Somebody changed it here since the file was applied.");
  await expect(drift).toContainText("before: Gate");
  await drift.getByRole("button", { name: "Keep mine" }).click();
  await expect(drift).toContainText("kept as it is here");

  // The file says something else: it is asked again.
  await writeFile(join(folder, "house.yaml"), fileOf("Front door"));
  await expect(drift).toContainText("Front door");
  await expect(drift.getByText("drift", { exact: true })).toBeVisible();
  await drift.getByRole("button", { name: "Take the file’s" }).click();
  await expect(page.getByText("all as in the files")).toBeVisible();
  await page.goto("/instances/door");
  await expect(page.getByRole("heading", { name: /Front door/ })).toBeVisible();

  await writeFile(join(folder, "house.yaml"), "version: 1\ninstances: [");
  await page.goto("/settings/files");
  await expect(page.getByText(/^house\.yaml: Line \d/)).toBeVisible();
});
