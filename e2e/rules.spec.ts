import { AxeBuilder } from "@axe-core/playwright";
import { type APIRequestContext, expect as base, type Page } from "@playwright/test";
import { z } from "zod";
import { test } from "./server";

/** A test waits for runs that come every ten seconds. */
const expect = base.configure({ timeout: 15_000 });
test.setTimeout(120_000);

const Open = z.array(z.object({ ruleName: z.string(), phase: z.string(), summary: z.string() }));
const Overrides = z.array(
  z.object({ rule: z.string().nullable(), scope: z.looseObject({ kind: z.string() }), set: z.looseObject({}) }),
);

async function ask<T>(request: APIRequestContext, procedure: string, shape: z.ZodType<T>): Promise<T> {
  const answer = await request.get(`/api/trpc/${procedure}`);
  return z.object({ result: z.object({ data: shape }) }).parse(await answer.json()).result.data;
}
const overridesOf = (request: APIRequestContext) => ask(request, "alerts.override.list", Overrides);

test("a person makes a rule on what is really measured, sees what it would do, and it fires", async ({
  page,
  request,
}) => {
  await page.goto("/alerts/rules");
  await page.getByRole("link", { name: "New rule" }).click();
  await expect(page).toHaveURL(/\/alerts\/rules\/new$/);
  const sentence = page.getByRole("region", { name: "The rule in words" });
  await expect(sentence).toContainText("Not a rule yet");

  await page.getByRole("button", { name: "Make rule" }).click();
  const metric = page.getByRole("combobox", { name: "Metric" });
  await expect(metric).toBeFocused();
  await expect(page.getByText("Choose a metric.")).toBeVisible();
  await metric.click();
  await page.keyboard.type("memory used ratio");
  await expect(page.getByRole("option").first()).toContainText("Memory used");
  await page.keyboard.press("Enter");

  await page.getByRole("textbox", { name: "Limit" }).fill("lots");
  await page.getByRole("button", { name: "Make rule" }).click();
  await expect(page.getByText("This is no amount of this unit.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Limit" })).toBeFocused();
  await page.getByRole("textbox", { name: "Limit" }).fill("0.5 %");
  await page.getByRole("textbox", { name: "For", exact: true }).fill("");
  await expect(sentence).toContainText("Memory used above 0.5%");
  const now = page.getByRole("region", { name: "What it looks at now" });
  await expect(now).toContainText("holds for 1 of 1");
  await expect(page.getByRole("region", { name: "How it would have done" })).toContainText(/would have fired|no past/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole("textbox", { name: "Name" }).fill("Memory is in use");
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Stay" }).click();
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/alerts\/rules$/);
  await expect(page.getByRole("link", { name: "Memory is in use" })).toBeVisible();
  await expect
    .poll(
      async () => (await ask(request, "alerts.open", Open)).filter(({ ruleName }) => ruleName === "Memory is in use"),
      {
        timeout: 30_000,
      },
    )
    .toMatchObject([{ phase: "firing" }]);

  await page.getByRole("link", { name: "Memory is in use" }).click();
  await expect(page.getByRole("textbox", { name: "Limit" })).toHaveValue("0.5 %");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/alerts\/rules$/);
  await expect(page.getByRole("link", { name: "Memory is in use" })).toBeHidden();
});

test("a plugin's own rule is changed for one item, says whose the value is, and is reset", async ({
  page,
  request,
}) => {
  await page.goto("/alerts/rules/disk/disk_full");
  await expect(page.getByRole("heading", { name: "Disk full", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: /: change$/ }).click();
  await page.getByRole("menuitem", { name: "Change single items" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toContainText("Change at least one value");
  await dialog.getByRole("button", { name: "Add item" }).click();
  await dialog.getByRole("combobox", { name: "Label of item 1" }).selectOption("mount");
  await dialog.getByRole("combobox", { name: "Value of item 1" }).fill("/");
  await dialog.getByRole("textbox", { name: "Limit" }).fill("97 %");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("limit 97%")).toBeVisible();
  await expect(page.getByText("1 change for items")).toBeVisible();
  expect(await overridesOf(request)).toMatchObject([
    {
      rule: "disk/disk_full",
      scope: { kind: "item", where: [{ label: "mount", op: "is", value: "/" }] },
      set: { limit: 0.97 },
    },
  ]);

  await page.getByRole("button", { name: "Change", exact: true }).click();
  await dialog.getByRole("textbox", { name: "Limit" }).fill("85");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("table", { name: "Instances" })).toContainText("from plugin disk");
  await page.getByRole("button", { name: "Take back the change for plugin disk" }).click();
  await expect(page.getByRole("table", { name: "Instances" })).not.toContainText("from plugin disk");
});

test("a plugin's rule is switched off for everything, and on again", async ({ page, request }) => {
  await page.goto("/alerts/rules?q=disk+full");
  const off = page.getByRole("switch", { name: "Disk full: on" });
  await off.click();
  await expect(off).toHaveAttribute("aria-checked", "false");
  expect(await overridesOf(request)).toMatchObject([
    { rule: "disk/disk_full", scope: { kind: "all" }, set: { enabled: false } },
  ]);
  await page.reload();
  await expect(off).toHaveAttribute("aria-checked", "false");
  await off.click();
  await expect(off).toHaveAttribute("aria-checked", "true");
  await expect.poll(() => overridesOf(request)).toEqual([]);
});

test("an instance says what watches it, ignores a rule, and a chart's menu begins a new one", async ({
  page,
  request,
}) => {
  const id = await instanceOf(request, "disk");
  await page.goto(`/instances/${id}?tab=alerts`);
  const row = page.getByRole("row", { name: /^Disk full / }).first();
  await row.getByRole("button", { name: /: change$/ }).click();
  await page.getByRole("menuitem", { name: "Ignore here" }).click();
  await expect(row).toContainText("Ignored");
  await row.getByRole("button", { name: /: change$/ }).click();
  await page.getByRole("menuitem", { name: "Reset" }).click();
  await expect(row).not.toContainText("Ignored");

  await page.goto(`/instances/${id}`);
  await page.getByRole("button", { name: "Used: more", exact: true }).click();
  await page.getByRole("menuitem", { name: "New alert from here" }).click();
  await expect(page).toHaveURL(/\/alerts\/rules\/new\?instance=.*metric=disk_/);
  await expect(page.getByRole("combobox", { name: "Metric" })).not.toHaveValue("");
});

test("the pages of rules come with their data, say what is not there, and fit a small phone", async ({
  page,
  request,
}) => {
  expect(await (await request.get("/alerts/rules")).text()).toContain("Disk used above");
  expect(await (await request.get("/alerts/rules/disk/disk_full")).text()).toContain("What was changed");
  expect((await request.get("/alerts/rules/no/such")).status()).toBe(404);
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ["/alerts/rules", "/alerts/rules/disk/disk_full", "/alerts/rules/new?metric=disk_used_ratio"]) {
    await page.goto(path);
    await settle(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
});

const settle = (page: Page) => expect(page.locator("[data-connection=live]")).toBeAttached();

async function instanceOf(request: APIRequestContext, plugin: string): Promise<string> {
  const list = await ask(request, "plugins.instances", z.array(z.object({ id: z.string(), plugin: z.string() })));
  return list.find((one) => one.plugin === plugin)?.id ?? "";
}
