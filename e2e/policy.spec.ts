import { expect, type Page } from "@playwright/test";
import { listPages } from "./pages";
import { test } from "./server";

/** What the browser refuses because of the page's policy is counted from before the first script on. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  const refused: string[] = [];
  await page.exposeFunction("policyRefused", (what: string) => void refused.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
      (window as unknown as { policyRefused(what: string): void }).policyRefused(
        `${location.pathname}: ${effectiveDirective} ${blockedURI} ${sourceFile}`,
      );
    });
  });
  return async () => {
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    return refused.splice(0);
  };
}

test("no page asks for what its policy forbids, with all that opens on it", async ({ page, request }) => {
  test.setTimeout(180_000);
  const refused = await watchPolicy(page);
  for (const path of await listPages(request)) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "auto");
    await expect(page.locator("[data-connection=live]")).toBeAttached();
    expect(await refused()).toEqual([]);
  }
  await page.goto("/alerts/silences?new=maintenance");
  await expect(page.getByRole("dialog", { name: "Plan maintenance" })).toBeVisible();
  await page.goto("/");
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  expect(await refused()).toEqual([]);
});

test("a script that got into a page does not run, and nothing is loaded from elsewhere", async ({ page }) => {
  const refused = await watchPolicy(page);
  const answer = await page.goto("/");
  const nonces = new Set(
    [await page.goto("/"), answer].map(
      (one) => /'nonce-([^']+)'/.exec(one?.headers()["content-security-policy"] ?? "")?.[1],
    ),
  );
  expect(nonces.size).toBe(2);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = 1";
    document.body.append(script);
    document.body.insertAdjacentHTML(
      "beforeend",
      `<img src=x onerror="window.ran = 2"><a href="javascript:window.ran = 3">x</a>`,
    );
    const image = document.createElement("img");
    image.src = "http://127.0.0.2/pixel.png";
    document.body.append(image);
  });
  await expect.poll(async () => (await refused()).length).toBeGreaterThan(0);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});

test("what is no page is nothing to a browser that opens it", async ({ request }) => {
  for (const path of ["/healthz", "/api/trpc/plugins.instances", "/icons/disk.svg"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; /);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
});

test("what no browser asks for is refused, with a reason", async ({ request }) => {
  const refused = [
    ["PUT", "/alerts", 405],
    ["POST", "/alerts", 405],
    ["TRACE", "/api/trpc/system.about", 405],
    ["DELETE", "/api/trpc/system.about", 405],
    ["GET", "/instances/%ff", 400],
    ["GET", "/catalogue/%00", 400],
  ] as const;
  for (const [method, path, status] of refused) {
    const answer = await request.fetch(path, { method });
    expect([method, path, answer.status()]).toEqual([method, path, status]);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
  }
});
