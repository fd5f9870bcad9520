/**
 * Takes the pictures in docs/screenshots/ from a running Unity whose first admin nobody made yet, with what it really measured:
 * npm run screenshots -- [http://localhost:3000]
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import playwrightConfig from "../playwright.config";
import { signIn } from "../server/http/test-sign-in";
import type { AppRouter } from "../server/trpc/router";
import { storageOf } from "./built-unity";

const FOLDER = "docs/screenshots";
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const THEMES = ["dark", "light"] as const;
/** Charts are drawn when their data are there. */
const SETTLE_MS = 3_000;

const address = process.argv[2] ?? "http://localhost:3000";
const cookie = await signIn(address);
const unity = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: `${address}/api/trpc`, headers: { cookie } })],
});
const machine = (await unity.plugins.instances.query()).find(({ plugin }) => plugin === "system-info");
if (!machine) throw new Error(`The Unity at ${address} does not watch its own machine, so there is little to show.`);

const pages = [
  ["overview", "/"],
  ["instance", `/instances/${machine.id}`],
  ["instances", "/instances"],
  ["alerts", "/alerts"],
  ["notifications", "/alerts/notifications"],
  ["catalogue", "/catalogue"],
  ["add", "/catalogue/postgres"],
  ["settings", "/settings"],
  ["storage", "/settings/storage"],
  ["account", "/settings/account"],
  ["people", "/settings/people"],
  ["tokens", "/settings/tokens"],
  ["assistants", "/settings/assistants"],
  ["audit", "/settings/audit"],
  ["backup", "/settings/backup"],
  ["files", "/settings/files"],
  ["api", "/api?about=Alerts"],
] as const;

await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch(playwrightConfig.use?.launchOptions);
try {
  for (const theme of THEMES) for (const size of SIZES) await takeAll(browser, theme, size);
} finally {
  await browser.close();
}

async function takeAll(browser: Browser, theme: (typeof THEMES)[number], size: (typeof SIZES)[number]): Promise<void> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    baseURL: address,
    storageState: storageOf(cookie, new URL(address).hostname),
  });
  const page = await context.newPage();
  for (const [name, path] of pages) {
    await page.goto(path);
    await page.waitForTimeout(SETTLE_MS);
    const file = join(FOLDER, `${name}-${theme}-${size.width}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  }
  await context.close();
}
