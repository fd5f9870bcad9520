import { expect } from "@playwright/test";
import { test } from "./server";

/** Back-off of the live connection goes up to five seconds. */
const RECOVERS_WITHIN_MS = 20_000;

test("a page that stays open over a restart says so, and goes on by itself", async ({ page, unity }) => {
  test.setTimeout(120_000);
  await page.goto("/");
  const state = page.locator("[data-connection]");
  await expect(state).toHaveAttribute("data-connection", "live");
  await page.evaluate(() => Reflect.set(window, "sameDocument", true));

  await unity.stop("SIGKILL");
  await expect(state).toHaveAttribute("data-connection", "lost");
  await expect(state.getByRole("status")).toHaveText("Reconnecting");

  const read = page.waitForResponse((response) => response.url().includes("plugins.overview") && response.ok(), {
    timeout: 90_000,
  });
  await unity.start();
  await expect(state).toHaveAttribute("data-connection", "live", { timeout: RECOVERS_WITHIN_MS });
  await read;
  expect(await page.evaluate(() => Reflect.get(window, "sameDocument"))).toBe(true);
});

test("a page that is asked for while Unity is away opens when it is back", async ({ page, unity }) => {
  test.setTimeout(120_000);
  await page.goto("/");
  const state = page.locator("[data-connection]");
  await expect(state).toHaveAttribute("data-connection", "live");
  await unity.stop();
  await expect(state).toHaveAttribute("data-connection", "lost");

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText("Unity does not answer")).toBeVisible();
  await expect(page.getByText("Settings opens by itself as soon as it does.")).toBeVisible();

  await unity.start();
  await expect(page).toHaveURL(/\/settings$/, { timeout: RECOVERS_WITHIN_MS });
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
});

test("search that was never loaded does not break the page while Unity is away", async ({ page, unity }) => {
  test.setTimeout(120_000);
  await page.goto("/settings");
  const state = page.locator("[data-connection]");
  await expect(state).toHaveAttribute("data-connection", "live");
  await unity.stop("SIGKILL");
  await expect(state).toHaveAttribute("data-connection", "lost");
  await page.keyboard.press("Control+k");
  await expect(page.getByText(/Search could not be loaded/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();

  await unity.start();
  await expect(state).toHaveAttribute("data-connection", "live", { timeout: RECOVERS_WITHIN_MS });
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
});

test("where WebSocket is refused the page polls, says so, and tells when nobody answers", async ({ page, unity }) => {
  test.setTimeout(120_000);
  // A proxy that closes the connection before it is one.
  await page.routeWebSocket(/\/api\/ws/, (socket) => socket.close());
  await page.goto("/");
  const state = page.locator("[data-connection]");
  await expect(state).toHaveAttribute("data-connection", "polling", { timeout: 20_000 });
  await page.waitForResponse((response) => response.url().includes("plugins.overview") && response.ok());
  await unity.stop("SIGKILL");
  await expect(state).toHaveAttribute("data-connection", "lost", { timeout: 20_000 });
  await unity.start();
  await expect(state).toHaveAttribute("data-connection", "polling", { timeout: 20_000 });
});
