import { type Browser, chromium } from "@playwright/test";
import type { RunningUnity } from "../../e2e/built-unity";
import config from "../../playwright.config";

/** A text that came onto the screen, and when. */
export interface Appeared {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}
interface Watched {
  /** Durations on the page that were not there before, each with the frame that drew it. */
  readonly appeared: Appeared[];
  readonly shown: Set<string>;
}

export interface PageWatch {
  appeared(): Promise<Appeared[]>;
  close(): Promise<void>;
}

/** Opens a page in a real Chromium and notes when each duration ("213 ms") is first drawn on it. */
export async function watchPage({ url, storage }: Pick<RunningUnity, "url" | "storage">): Promise<PageWatch> {
  const browser: Browser = await chromium.launch(config.projects?.[0]?.use?.launchOptions ?? config.use?.launchOptions);
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 }, storageState: storage });
  // esbuild, which runs the benchmarks, wraps functions in a helper of its own that a page does not have.
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.goto(url);
  const watched = await page.evaluateHandle<Watched>(() => {
    const appeared: Appeared[] = [];
    const shown = new Set<string>();
    const look = () => {
      const now = new Set(document.body.textContent?.match(/(?<![\d.])\d{1,3}(?:\.\d+)?\s*m?s/g) ?? []);
      const at = Date.now();
      for (const text of now) if (!shown.has(text)) appeared.push({ text: text.replace(/\s*(m?s)$/, " $1"), at });
      shown.clear();
      for (const text of now) shown.add(text);
    };
    let asked = false;
    // A mutation is on the screen with the next frame; the task after it runs when that is drawn.
    const observer = new MutationObserver(() => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          asked = false;
          look();
        };
        port2.postMessage(null);
      });
    });
    look();
    appeared.length = 0;
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    return { appeared, shown };
  });
  return {
    appeared: () => watched.evaluate(({ appeared }) => appeared),
    close: () => browser.close(),
  };
}
