import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { test } from "./server";

test("pushed metrics: the page says how, a token is made, something is pushed, and it is on the screen", async ({
  page,
  unity,
}) => {
  await page.goto("/catalogue/pushed-metrics");
  const how = page.getByRole("region", { name: "How to push" });
  await expect(how.getByRole("region", { name: "Prometheus" })).toContainText(`url: ${unity.url}/api/v1/write`);
  await expect(how.getByRole("region", { name: "Telegraf" })).toContainText(`urls = ["${unity.url}"]`);
  await expect(how.getByRole("region", { name: "OpenTelemetry Collector" })).toContainText(`${unity.url}/v1/metrics`);
  // Nobody is asked, so there is nothing to test.
  await expect(page.getByRole("button", { name: /Test/ })).toHaveCount(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Weather");
  await expect(how).toContainText('named "Weather"');
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/instances\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Nothing has come yet.").first()).toBeVisible();
  const instance = page.url();

  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Weather");
  await dialog.getByRole("checkbox", { name: /^Read/ }).uncheck();
  await dialog.getByRole("checkbox", { name: /^Send/ }).check();
  await dialog.getByRole("button", { name: "Make it" }).click();
  const line = (await dialog.getByRole("region", { name: "Try it" }).locator("code").textContent()) ?? "";
  const secret = /unity_[0-9A-Za-z]{49}/.exec(line)?.[0];
  expect(line).toContain(`${unity.url}/api/v2/write`);
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.goto(instance);
  // What comes before it listens it learns of at the next run.
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  const push = (value: number) =>
    fetch(`${unity.url}/api/v2/write`, {
      method: "POST",
      headers: { authorization: `Token ${secret}` },
      body: `garden,place=shed wind=${value}`,
    });
  expect((await push(12)).status).toBe(204);
  await expect(page.getByText("Healthy").first()).toBeVisible({ timeout: 15_000 });
  await page.getByRole("link", { name: "Inventory" }).click();
  await expect(page.getByText("Influx line protocol")).toBeVisible();
  await page.goto(instance);
  await expect(page.getByText(/garden wind/i).first()).toBeVisible();
  // It has no more rights than that.
  const asked = await fetch(`${unity.url}/api/v1/instances`, { headers: { authorization: `Bearer ${secret}` } });
  expect(asked.status).toBe(403);
});
