import { expect } from "@playwright/test";
import { test } from "./server";

test("the API is read from the settings on: what there is, one operation, the line that calls it", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("main").getByRole("link", { name: "Every address" }).click();
  await expect(page).toHaveTitle(/^HTTP API/);
  await expect(page.getByText(/^\d{2,3} operations$/)).toBeVisible();
  await expect(page.getByRole("link", { name: "OpenAPI document" })).toHaveAttribute("href", "/api/v1/openapi.json");

  const alerts = page.getByRole("region", { name: "Alerts", exact: true });
  await alerts.getByRole("link", { name: /POST \/alerts\/\{id\}\/snooze/ }).click();
  await expect(page).toHaveURL(/\/api\?about=Alerts#postAlertsByIdSnooze$/);
  const snooze = page.getByRole("article", { name: "POST /alerts/{id}/snooze" });
  await expect(snooze).toBeInViewport();
  await expect(snooze).toContainText("respond");
  await expect(snooze.getByText("number or null").first()).toBeVisible();
  await expect(snooze.locator("pre")).toContainText(`"$UNITY_URL/api/v1/alerts/{id}/snooze"`);

  await page.getByRole("navigation", { name: "What it is about" }).getByRole("link", { name: "Rules" }).click();
  const rule = page.getByRole("article", { name: "POST /rules", exact: true });
  await expect(rule).toContainText('kind "value"');
  // Also once its tabs are there: they move nothing but themselves.
  await page.goto("/api?about=Rules#postRules");
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  await expect.poll(async () => (await rule.boundingBox())?.y).toBeCloseTo(64, -1);
});

test("the document is there for whoever comes, and the API for who is signed in", async ({ unity, request }) => {
  const document = await fetch(`${unity.url}/api/v1/openapi.json`);
  expect(document.status).toBe(200);
  expect(await document.json()).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/api/v1" }] });
  const refused = await fetch(`${unity.url}/api/v1/instances`);
  expect([refused.status, refused.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
  expect(await (await request.get("/api/v1/me")).json()).toMatchObject({ role: "admin", via: "session" });
});

test("on a phone nothing is wider than the screen", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/api", "/api?about=Rules", "/api?about=Storage"]) {
    await page.goto(path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect([path, width]).toEqual([path, 320]);
  }
  const tab = page.getByRole("link", { name: "Storage", exact: true });
  const rightEdge = async () => tab.boundingBox().then((box) => (box ? box.x + box.width : Number.NaN));
  await expect.poll(rightEdge).toBeLessThanOrEqual(320);
});
