import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/test/find-chromium.mjs";

/** Without a sandbox it runs as root, and the rest keeps it from talking to anybody but Unity. */
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const executablePath = findChromium();

export default defineConfig({
  testDir: "e2e",
  // What else is there are tests of vitest: the container.
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  // Each worker runs a browser and a Unity of its own.
  workers: process.env.CI ? 1 : 2,
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  reporter: "list",
  use: {
    trace: "off",
    // Without one, Playwright takes its own.
    launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath ? { executablePath } : {}) },
  },
  projects: [{ name: "desktop", use: { browserName: "chromium", viewport: { width: 1440, height: 900 } } }],
});
