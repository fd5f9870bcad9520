import { test as base } from "@playwright/test";
import { type RunningUnity, startUnity } from "./built-unity";

/** `unity` is started, and its first admin signed in, before a test that asks for it, and gone after it. */
export const test = base.extend<{ unity: RunningUnity }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern that the fixture needs no other.
  unity: async ({}, use) => {
    const unity = await startUnity();
    await use(unity);
    await unity.dispose();
  },
  baseURL: async ({ unity }, use) => use(unity.url),
  storageState: async ({ unity }, use) => use({ ...unity.storage, cookies: [...unity.storage.cookies] }),
});
