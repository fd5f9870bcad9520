import { type APIRequestContext, expect as base, type Page } from "@playwright/test";
import { z } from "zod";
import { openReceiver } from "./receiver";
import { test } from "./server";

/** A machine that tests and builds at the same time is slow to collect. */
const expect = base.configure({ timeout: 20_000 });
/** What a service could answer to attack whoever reads the log. */
const HOSTILE = "No. <img src=x onerror=window.ran=1>";

test.setTimeout(180_000);

test("a route is made, a real alert goes that way, and the log and the channels say what became of it", async ({
  page,
  request,
}) => {
  const receiver = await openReceiver();
  await page.goto("/alerts/notifications");
  await expect(page.getByText("There is no channel yet, so nobody is told")).toBeVisible();
  await expect(page.getByText("Nobody was told of anything yet")).toBeVisible();
  const phone = await makeChannel(request, "Phone", `${receiver.url}/phone`);
  await makeChannel(request, HOSTILE, `${receiver.url}/mailbox`);
  await page.reload();
  await live(page);

  // What is wrong is said at its field, and the keyboard is brought there.
  await page.getByRole("link", { name: "New route" }).click();
  await live(page);
  const words = page.getByRole("region", { name: "The route in words" });
  await expect(words).toContainText("Critical alerts go to every channel.");
  await page.getByLabel("Name").fill("To the phone");
  await page.getByText("These", { exact: true }).click();
  await page.getByRole("button", { name: "Make route" }).click();
  await expect(page.getByText("Choose a channel, or every one of them.")).toBeVisible();
  await page.getByRole("button", { name: "Phone", exact: true }).click();
  await page.getByText("All", { exact: true }).click();
  await page.getByLabel("First message after").fill("5000");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByLabel("First message after")).toBeFocused();
  await page.getByLabel("First message after").fill("0");
  await page.getByLabel("When critical, after").fill("0");
  await page.getByRole("combobox", { name: "Host", exact: true }).selectOption({ index: 1 });
  await expect(words).toContainText(/Every alert on .+ go to Phone\./);
  await expect(page.getByRole("region", { name: "What it would say" })).toContainText("To Phone");

  // What was typed is not lost by a click.
  await page.getByRole("link", { name: "Notifications" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /^Search/ }).fill("Storage");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await page.keyboard.press("Control+Enter");
  const routes = page.getByRole("list", { name: "Routes" }).getByRole("listitem");
  await expect(routes).toHaveCount(2);
  await expect(routes.first()).toContainText("To the phone");
  await expect(page).toHaveURL(/\/alerts\/notifications$/);

  await alertFires(request);
  await expect.poll(() => receiver.heard("/phone"), { timeout: 60_000 }).toHaveLength(1);
  expect(receiver.heard("/mailbox")).toHaveLength(0);
  await page.getByRole("link", { name: "Delivery log" }).click();
  const messages = page.getByRole("list", { name: "Messages" }).getByRole("listitem");
  await expect(messages).toHaveCount(1);
  await expect(messages.first()).toContainText("It answers");
  await expect(messages.first()).toContainText("Delivered");
  await messages.first().getByText("It answers").click();
  await messages.first().getByRole("link", { name: "The alert" }).click();
  await expect(page).toHaveURL(/\/alerts\/[0-9a-f-]{36}$/);

  // A service that refuses is seen at the channel and in the log, in its own words, and is tried again by hand.
  receiver.answer(401, HOSTILE);
  await post(request, "notifications.sendCanary", {});
  await page.goto("/alerts/channels");
  const row = page.getByRole("listitem").filter({ hasText: "Phone" });
  await expect(row).toContainText("Failed");
  await expect(row).toContainText("401");
  await row.getByRole("link", { name: "Phone" }).click();
  await page.getByRole("link", { name: "All of them" }).click();
  await expect(page).toHaveURL(new RegExp(`channel=${phone}`));
  await page.getByRole("combobox", { name: "State" }).selectOption("failed");
  await expect(messages).toHaveCount(1);
  await expect(messages.first()).toContainText(HOSTILE);
  expect(await page.evaluate(() => "ran" in window || document.querySelector("img[src=x]") !== null)).toBe(false);
  receiver.answer(200, "ok");
  await messages
    .first()
    .getByRole("button", { name: /^Send again/ })
    .click();
  await expect(page.getByText("No message is like that")).toBeVisible();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(messages.filter({ hasText: "Canary" }).filter({ hasText: "Phone" })).toContainText("Delivered");
  await receiver.close();
});

test("routes are put in order, switched off and deleted, and one that is never reached says so", async ({
  page,
  request,
}) => {
  const shared = { channels: "all", match: { severity: "warning" } };
  const disks = { name: "Disks", channels: "all", match: { severity: "critical", plugins: ["disk"] } };
  await post(request, "notifications.setRoutes", { routes: [{ name: "All", ...shared }, disks] });
  await page.goto("/alerts/notifications");
  await live(page);
  const routes = page.getByRole("list", { name: "Routes" }).getByRole("listitem");
  await expect(routes.nth(1)).toContainText("Never reached: All above takes all of it");
  const up = page.getByRole("button", { name: "Move Disks up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(routes.first()).toContainText("Disks");
  await expect(up).toBeFocused();
  await expect(page.getByText("Never reached")).toHaveCount(0);
  await expect(up).toBeDisabled();
  await page.getByRole("switch", { name: "All: on" }).click();
  await expect(page.getByRole("switch", { name: "All: on" })).toHaveAttribute("aria-checked", "false");

  await routes.nth(1).getByRole("link", { name: "All" }).click();
  await live(page);
  await page.getByText("Once a day", { exact: true }).click();
  await page.getByRole("button", { name: "Add times" }).click();
  await page.getByLabel("Time zone").fill("Mars/One");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Time zone")).toHaveAccessibleDescription(/This time zone is not known/);
  await expect(page.getByLabel("Time zone")).toBeFocused();
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(routes.nth(1)).toContainText("weekdays 08:00–18:00 (Europe/Berlin)");
  await expect(routes.nth(1)).toContainText("Once a day at 08:00, as one summary");

  for (const name of ["All", "Disks"]) {
    await routes.getByRole("link", { name }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page).toHaveURL(/\/alerts\/notifications$/);
  }
  await expect(page.getByText("No route speaks of any alert")).toBeVisible();
  expect((await request.get("/alerts/notifications/routes/gone")).status()).toBe(404);
});

test("a heartbeat and a canary are set and seen to work, on a phone", async ({ page, request }) => {
  const receiver = await openReceiver();
  await makeChannel(request, "Phone", `${receiver.url}/phone`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/alerts/notifications");
  await live(page);
  const beat = page.getByRole("region", { name: "Heartbeat" });
  await beat.getByLabel("Address").fill("no address");
  await beat.getByRole("button", { name: "Save" }).click();
  await expect(beat.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
  await beat.getByLabel("Address").fill(`${receiver.url}/beat`);
  await beat.getByLabel("Every").fill("10");
  await beat.getByRole("button", { name: "Save" }).click();
  await expect(beat.getByRole("status")).toContainText(/Told · last .* · 200/, { timeout: 60_000 });
  expect(receiver.heard("/beat").length).toBeGreaterThan(0);

  const canary = page.getByRole("region", { name: "Canary" });
  await expect(canary.getByText("None was sent yet.")).toBeVisible();
  await canary.getByRole("switch", { name: "Every week" }).click();
  await canary.getByLabel("At", { exact: true }).fill("07:30");
  await canary.getByLabel("Time zone").fill("Europe/Berlin");
  await canary.getByRole("button", { name: "Save" }).click();
  await expect(canary.getByRole("button", { name: "Save" })).toHaveCount(0);
  await canary.getByRole("button", { name: "Send one now" }).click();
  await expect(canary.getByRole("list", { name: "The last canary" })).toContainText("Phone Delivered");
  expect(receiver.heard("/phone")[0]).toContain("Canary");
  await page.reload();
  await expect(canary.getByLabel("At", { exact: true })).toHaveValue("07:30");
  // It is as good as a password: it goes in and does not come out.
  await expect(beat.getByText("Stored, unchanged")).toBeVisible();
  expect(await page.content()).not.toContain(`${receiver.url}/beat`);
  await beat.getByRole("button", { name: "Replace Address" }).click();
  await beat.getByLabel("Address").fill("file:/run/secrets/heartbeat");
  await expect(beat.getByLabel("Address")).toHaveAttribute("type", "text");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await receiver.close();
});

test("a browser that refuses is told what to do; one that allows it fills in the form", async ({ page, context }) => {
  await page.goto("/alerts/channels/new?kind=web-push");
  await live(page);
  await page.getByRole("button", { name: "Use this browser" }).click();
  await expect(page.getByText("This browser cannot be told")).toBeVisible();
  await expect(page.getByText(/refuses notifications|was not answered/)).toBeVisible();

  await context.grantPermissions(["notifications"]);
  // A browser without its maker's push service gives no subscription: everything up to that is real.
  await page.addInitScript(() => {
    const keys = { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) };
    PushManager.prototype.subscribe = async () => {
      const subscription = { endpoint: "https://push.example.org/send/1", keys };
      return { toJSON: () => subscription } as unknown as PushSubscription;
    };
  });
  await page.reload();
  await live(page);
  await page.getByRole("button", { name: "Use this browser" }).click();
  await expect(page.getByText("This browser is subscribed")).toBeVisible();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL)).toContain(
    "/push-worker.js",
  );
  await expect(page.getByLabel("Endpoint")).toHaveValue("https://push.example.org/send/1");
  await expect(page.getByLabel("Name")).toHaveValue(/^(Chrome|Edge|Firefox|Safari|Browser)/);
  await page.getByLabel("Your address").fill("anna@example.org");
  await page.getByRole("button", { name: "Add Web push" }).click();
  await expect(page).toHaveURL(/\/alerts\/channels$/);
  await expect(page.getByText("Nothing was sent yet.")).toBeVisible();
});

const live = (page: Page) => expect(page.locator("[data-connection=live]")).toBeAttached();

async function post(request: APIRequestContext, path: string, data: object): Promise<unknown> {
  const answer = await request.post(`/api/trpc/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).result.data;
}

/** @returns its id */
async function makeChannel(request: APIRequestContext, name: string, url: string): Promise<string> {
  const made = await post(request, "channels.create", { kind: "webhook", name, config: { url } });
  return z.object({ id: z.string() }).parse(made).id;
}

/** It holds from the next run on, and does not end. */
async function alertFires(request: APIRequestContext): Promise<void> {
  const { result } = await (await request.get("/api/trpc/plugins.instances")).json();
  const [first] = z.array(z.object({ id: z.string() })).parse(result.data);
  await post(request, "alerts.rule.create", {
    name: "It answers",
    scope: { kind: "instance", instance: first?.id },
    parts: [{ kind: "value", metric: "unity_collector_up", is: "above", limit: 0.5 }],
    severity: "info",
    summary: "{{instance}} answers",
  });
}
