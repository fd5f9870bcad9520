import { type Browser, chromium } from "@playwright/test";
import type { RunningUnity } from "../../e2e/built-unity";
import config from "../../playwright.config";
import { pause } from "./pause";

const WITHIN_MS = 30_000;
const SETTLE_MS = 2_000;

/**
 * Opens a page in a tab of a real Chromium again and again, the first time without counting, until it shows so many rows.
 * @returns milliseconds from the navigation's start, one for each time
 */
export async function timeRows(
  url: string,
  { rows, times, storage }: { rows: number; times: number; storage: RunningUnity["storage"] },
): Promise<number[]> {
  const browser: Browser = await chromium.launch(config.projects?.[0]?.use?.launchOptions ?? config.use?.launchOptions);
  try {
    const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, storageState: storage });
    const page = await context.newPage();
    // esbuild, which runs the benchmarks, wraps functions in a helper of its own that a page does not have.
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.addInitScript((wanted: number) => {
      const noted = globalThis as { rowsAt?: number };
      const look = () => {
        // What a page holds back until all of it is there is not shown yet.
        if (document.querySelectorAll("tr[data-row]:not([hidden] *)").length < wanted) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          noted.rowsAt = performance.now();
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributeFilter: ["hidden"] });
    }, rows);
    const took: number[] = [];
    for (let time = 0; time <= times; time++) {
      if (time === 0) await page.goto(url);
      else await page.reload();
      const at = await page.waitForFunction(() => (globalThis as { rowsAt?: number }).rowsAt, undefined, {
        timeout: WITHIN_MS,
      });
      if (time > 0) took.push(Number(await at.jsonValue()));
      // Until the page stands still, as somebody would find it.
      await pause(SETTLE_MS);
    }
    return took;
  } finally {
    await browser.close();
  }
}
