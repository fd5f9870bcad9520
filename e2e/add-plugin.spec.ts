import { createServer, type Server } from "node:http";
import { AxeBuilder } from "@axe-core/playwright";
import { expect as base, type Page } from "@playwright/test";
import { type Cluster, PASSWORD, startCluster, whyNoCluster } from "../plugins/postgres/test-cluster";
import { test } from "./server";

/** A test connects to real servers, beside other tests. */
const expect = base.configure({ timeout: 15_000 });
test.setTimeout(180_000);

const WRONG = "not-the-password";

test("a web service: a wrong address is explained, the right one shows readings, and what is saved is watched", async ({
  page,
}) => {
  const site = await startSite();
  const closed = await closedPort();
  await page.goto("/catalogue");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("web");
  await expect(page).toHaveURL(/\?q=web$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/catalogue\/web-service$/);

  const address = page.getByRole("textbox", { name: "Address", exact: true });
  const results = page.getByRole("region", { name: "What comes back" });
  await expect(address).toBeFocused();
  await testConnection(page);
  await expect(address).toBeFocused();
  await expect(page.getByText("Fill this in.")).toBeVisible();

  await address.fill("gopher://nas.lab");
  await testConnection(page);
  await expect(results).toContainText("gopher:// cannot be probed");
  await expect(address).toHaveAttribute("aria-invalid", "true");

  await address.fill(`http://127.0.0.1:${closed}/`);
  await testConnection(page);
  await expect(results).toContainText(`127.0.0.1:${closed} refused the connection`);
  await expect(address).toHaveAttribute("aria-invalid", "true");

  await address.fill(`${site.url}/health`);
  await testConnection(page);
  await expect(results).toContainText(/\d+ readings of \d+ metrics in/);
  await expect(results).toContainText("200");
  expect(site.asked()).toContain("/health");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Stay" }).click();
  await expect(address).toHaveValue(`${site.url}/health`);

  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Health page");
  await page.getByRole("textbox", { name: "Every", exact: true }).fill("5");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/instances\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: "Health page", level: 1 })).toBeVisible();
  await expect(page.getByText("Healthy").first()).toBeVisible();
  site.answer(503);
  await expect(page.getByText(/503/).first()).toBeVisible({ timeout: 20_000 });
  await site.close();
});

test("what is typed survives an error, and a name cannot be taken twice", async ({ page }) => {
  await page.goto("/catalogue/disk");
  const [existing] = await page.locator("a[href^='/instances/']").allInnerTexts();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill(existing ?? "");
  await page.getByRole("textbox", { name: "Warn from" }).fill("70");
  await page.getByRole("button", { name: "Add Disk" }).click();
  await expect(page.getByText(/has an instance named .* already/)).toBeVisible();
  await expect(name).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Warn from" })).toHaveValue("70");

  await page.getByRole("textbox", { name: "Warn from" }).fill("170");
  await page.getByRole("button", { name: "Add Disk" }).click();
  await expect(page.getByRole("textbox", { name: "Warn from" })).toBeFocused();
  await expect(page).toHaveURL(/\/catalogue\/disk$/);
});

test("a search that finds nothing says what to do", async ({ page }) => {
  await page.goto("/catalogue?q=mainframe");
  await expect(page.getByText('No plugin for "mainframe"')).toBeVisible();
  await page.getByRole("button", { name: "Show all plugins" }).click();
  await expect(page.getByRole("link", { name: "PostgreSQL", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/catalogue$/);
});

test("pages of the catalogue come with their data, and fit a small phone", async ({ page, request }) => {
  expect(await (await request.get("/catalogue?q=postgres")).text()).toContain("PostgreSQL");
  expect(await (await request.get("/catalogue/postgres")).text()).toContain("A role with pg_monitor is enough.");
  await page.goto("/catalogue/no-such-plugin");
  await expect(page.getByText("There is no such plugin")).toBeVisible();
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ["/catalogue", "/catalogue/web-service", "/catalogue/postgres"]) {
    await page.goto(path);
    const more = page.getByRole("button", { name: /More options/ });
    if ((await more.count()) > 0) await more.click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
});

test.describe("PostgreSQL", () => {
  const missing = whyNoCluster();
  test.skip(missing !== undefined, missing);
  let cluster: Cluster;
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    cluster = await startCluster();
  });
  test.afterAll(() => cluster?.remove());

  test("a wrong password is marked, the right one is kept, and no answer ever holds it", async ({ page }) => {
    const seen = recordAnswers(page);
    await page.goto("/catalogue/postgres");
    const password = page.getByLabel(/^Password/);
    const results = page.getByRole("region", { name: "What comes back" });
    await page.getByRole("textbox", { name: "Host", exact: true }).fill("127.0.0.1");
    await page.getByRole("textbox", { name: "Port", exact: true }).fill(String(cluster.ports.primary));
    await password.fill(WRONG);
    await testConnection(page);
    await expect(results).toContainText("The login was refused");
    await expect(results).toContainText("Check user and password.");
    await expect(password).toHaveAttribute("aria-invalid", "true");

    await password.fill(PASSWORD);
    await testConnection(page);
    await expect(results).toContainText(/\d+ readings of \d+ metrics in/);
    await expect(results).toContainText("shop");
    await page.getByRole("button", { name: "Add PostgreSQL" }).click();
    await expect(page).toHaveURL(/\/instances\/[0-9a-f-]{36}$/);

    await page.goto(`${page.url()}/edit`);
    await expect(page.getByText("Stored, unchanged")).toBeVisible();
    await testConnection(page);
    await expect(results).toContainText(/\d+ readings of \d+ metrics in/);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Shop");
    await page.getByRole("switch", { name: "Collect" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Shop", level: 1 })).toBeVisible();

    await page.goto(`${page.url()}/edit`);
    await expect(page.getByRole("switch", { name: "Collect" })).toHaveAttribute("aria-checked", "false");
    await page.getByRole("button", { name: "Replace Password" }).click();
    await page.getByLabel(/^Password/).fill(WRONG);
    await testConnection(page);
    await expect(results).toContainText("The login was refused");
    await page.getByRole("button", { name: "Keep the stored one" }).click();
    await testConnection(page);
    await expect(results).toContainText(/\d+ readings of \d+ metrics in/);

    const answers = await seen();
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter(({ body }) => body.includes(PASSWORD)).map(({ url }) => url)).toEqual([]);
    expect(await page.content()).not.toContain(PASSWORD);

    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page).toHaveURL(/\/instances$/);
  });
});

const testConnection = (page: Page) => page.getByRole("button", { name: /^Test (connection|again)$/ }).click();

/** Every answer that the page got, in text. */
function recordAnswers(page: Page) {
  const answers: Promise<{ url: string; body: string }>[] = [];
  page.on("response", (response) => {
    // What a navigation has thrown away cannot be read, and nobody saw it.
    answers.push(
      response.text().then(
        (body) => ({ url: response.url(), body }),
        () => ({ url: response.url(), body: "" }),
      ),
    );
  });
  return () => Promise.all(answers);
}

/** The test's own website. */
async function startSite() {
  let status = 200;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(status, { "content-type": "text/plain" }).end("Welcome");
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    answer: (next: number) => {
      status = next;
    },
    close: () => close(server),
  };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
