import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { test } from "./server";

const PHONE = { width: 390, height: 844 };

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

test("a bundle is made, looked at, copied and saved; with numbers no machine is named in it", async ({
  page,
  context,
  request,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const about = await request.get("/api/trpc/plugins.instances");
  const [{ host }] = (await about.json()).result.data as [{ host: string }];
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Assistants" }).click();
  await expect(page).toHaveTitle(/^Assistants/);
  await page.getByRole("button", { name: "Make it" }).click();
  const bundle = page.getByRole("region", { name: "The bundle" });
  await expect(bundle.getByRole("status")).toContainText(/of 32.000 tokens/);
  await expect(bundle.getByRole("list", { name: "What is in it" })).toContainText("What is watched, and how it does");
  await expect(bundle.getByRole("region", { name: "The text" })).toContainText(`"host":"${host}"`);
  expect(await barriers(page)).toEqual([]);
  await bundle.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# Unity, /);

  await page.getByRole("radio", { name: "8k", exact: true }).press("Space");
  await page.getByRole("switch", { name: "Numbers in place of names" }).click();
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(bundle.getByRole("status")).toContainText(/of 8.000 tokens/);
  const downloading = page.waitForEvent("download");
  await bundle.getByRole("button", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^unity-\d{4}-.+-8k\.md$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain('"host":"host-1"');
  expect(text).not.toContain(`"host":"${host}"`);

  await page.setViewportSize(PHONE);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test("what an assistant is told leads here, and a token lets it in", async ({ page, context, unity }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/settings/assistants");
  await page.getByRole("radio", { name: "Others" }).press("Space");
  await page.getByRole("button", { name: "Copy the configuration" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const config = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  const { url, headers } = config.mcpServers.unity as { url: string; headers: Record<string, string> };
  expect(url).toBe(`${unity.url}/mcp`);
  const made = await page.request.post("/api/trpc/tokens.create", {
    data: { name: "Assistant", scopes: ["read"], expiresInDays: 1 },
  });
  const { secret } = (await made.json()).result.data as { secret: string };
  const ask = async (authorization: string) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "status", arguments: {} } }),
    });
  expect((await ask(headers.Authorization ?? "")).status).toBe(401);
  const answer = await ask((headers.Authorization ?? "").replace("YOUR_TOKEN", secret));
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("healthy")]);
  await page.goto("/settings/audit");
  await expect(page.getByText("Had an assistant use status")).toBeVisible();
});

test("an alert's page says what its figures do", async ({ page, request }) => {
  const listed = await request.get("/api/trpc/plugins.instances");
  const all = (await listed.json()).result.data as { id: string; plugin: string }[];
  const machine = all.find(({ plugin }) => plugin === "system-info")?.id ?? "";
  const part = { kind: "value", metric: "system_memory_used_ratio", is: "above", limit: 0.001 };
  const rule = { name: "Has memory", severity: "warning", summary: "{{instance}} has memory", parts: [part] };
  await request.post("/api/trpc/alerts.rule.create", {
    data: { ...rule, scope: { kind: "instance", instance: machine } },
  });
  await request.post("/api/trpc/plugins.runNow", { data: { id: machine } });
  const find = async () => {
    const open = (await (await request.get("/api/trpc/alerts.open")).json()).result.data as {
      id: string;
      ruleName: string;
    }[];
    return open.find(({ ruleName }) => ruleName === "Has memory")?.id;
  };
  await expect.poll(find, { timeout: 40_000 }).toBeDefined();
  await page.goto(`/alerts/${await find()}`);
  await expect(page.getByRole("heading", { name: "What the figures say" })).toBeVisible();
  await expect(page.getByText(/^Memory runs out/)).toBeVisible();
  expect(await barriers(page)).toEqual([]);
});
