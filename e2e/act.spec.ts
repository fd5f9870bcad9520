import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AxeBuilder } from "@axe-core/playwright";
import { type APIRequestContext, expect as base } from "@playwright/test";
import { z } from "zod";
import { test } from "./server";

/** A machine that tests and builds at the same time is slow to collect. */
const expect = base.configure({ timeout: 20_000 });
const PHONE = { width: 390, height: 844 };
/** A run comes every ten seconds, a message follows at once. */
const TOLD_WITHIN_MS = 60_000;

const Message = z.object({
  kind: z.string(),
  actions: z.array(z.object({ title: z.string(), url: z.string() })),
  alerts: z.array(z.object({ ruleName: z.string() })),
});
const Open = z.array(
  z.object({ ruleName: z.string(), acknowledged: z.object({ by: z.string() }).nullable(), snoozedUntil: z.unknown() }),
);

test.use({ viewport: PHONE, hasTouch: true });

test("a message's link acknowledges by the page's button, once, and never by being opened", async ({
  page,
  request,
  unity,
}) => {
  test.setTimeout(180_000);
  const service = await openService();
  try {
    await tell(request, { publicUrl: unity.url, hook: `${service.url}/hook` });
    await expect.poll(() => service.messages().length, { timeout: TOLD_WITHIN_MS }).toBeGreaterThan(0);
    const [message] = service.messages();
    expect(message?.alerts.map(({ ruleName }) => ruleName)).toEqual(["It answers"]);
    const link = (title: RegExp) => message?.actions.find((action) => title.test(action.title))?.url ?? "";
    const acknowledge = link(/^Acknowledge/);
    expect(acknowledge).toMatch(new RegExp(`^${unity.url}/act/[A-Za-z0-9_-]{40,200}$`));

    // Whoever previews links does nothing, with or without a browser.
    expect((await request.get(acknowledge)).ok()).toBe(true);
    expect((await request.fetch(acknowledge, { method: "HEAD" })).ok()).toBe(true);
    await page.goto(acknowledge);
    await expect(page.getByRole("heading", { name: "Acknowledge?" })).toBeVisible();
    await expect(page.getByText("answers", { exact: false }).first()).toBeVisible();
    expect((await alert(request)).acknowledged).toBeNull();

    // A forged one is refused, as a page and as a request, and does nothing.
    const forged = acknowledge.slice(0, -1) + (acknowledge.endsWith("A") ? "B" : "A");
    const foreign = await request.post(forged);
    expect([foreign.status(), await foreign.json()]).toEqual([410, { state: "bad" }]);
    await page.goto(forged);
    await expect(page.getByRole("heading", { name: "This link is not valid" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Acknowledge/ })).toHaveCount(0);
    expect((await alert(request)).acknowledged).toBeNull();

    await page.goto(acknowledge);
    const button = page.getByRole("main").getByRole("button", { name: "Acknowledge", exact: true });
    // For a thumb, at night.
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(48);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
    await button.tap();
    await expect(page.getByRole("heading", { name: "Acknowledged", exact: true })).toBeVisible();
    await expect(page.getByText("acknowledged by link in Hook")).toBeVisible();
    expect((await alert(request)).acknowledged).toEqual(expect.objectContaining({ by: "link in Hook" }));

    // A second time it says so, also when somebody takes the acknowledgement back meanwhile.
    await post(request, "alerts.unacknowledge", { id: await alertId(request) });
    await page.goto(acknowledge);
    await expect(page.getByRole("heading", { name: "This link was used already" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Acknowledge/ })).toHaveCount(0);
    const again = await request.post(acknowledge);
    expect([again.status(), await again.json()]).toEqual([410, { state: "used" }]);
    expect((await alert(request)).acknowledged).toBeNull();

    // The other link of the message is one of its own.
    await page.goto(link(/^Snooze/));
    await page.getByRole("button", { name: "Snooze for an hour" }).tap();
    await expect(page.getByRole("heading", { name: "Snoozed for an hour" })).toBeVisible();
    expect((await alert(request)).snoozedUntil).toBeGreaterThan(Date.now());
  } finally {
    await service.close();
  }
});

/** A rule that holds from the next run on, told at once through a webhook of its own. */
async function tell(request: APIRequestContext, { publicUrl, hook }: { publicUrl: string; hook: string }) {
  await post(request, "notifications.setSettings", { publicUrl });
  const channel = await post(request, "channels.create", { kind: "webhook", name: "Hook", config: { url: hook } });
  const route = { name: "At once", channels: [], waitSeconds: 0, criticalWaitSeconds: 0, group: "rule" };
  await post(request, "notifications.setRoutes", { routes: [route] });
  const { result } = await (await request.get("/api/trpc/plugins.instances")).json();
  await post(request, "alerts.rule.create", {
    name: "It answers",
    scope: { kind: "instance", instance: result.data[0].id },
    parts: [{ kind: "value", metric: "unity_collector_up", is: "above", limit: 0.5 }],
    severity: "critical",
    summary: "{{instance}} answers",
    channels: [z.object({ id: z.string() }).parse(channel).id],
  });
}

async function post(request: APIRequestContext, path: string, data: unknown): Promise<unknown> {
  const answer = await request.post(`/api/trpc/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return z.object({ result: z.object({ data: z.unknown() }) }).parse(await answer.json()).result.data;
}

async function standing(request: APIRequestContext): Promise<unknown[]> {
  const { result } = await (await request.get("/api/trpc/alerts.open")).json();
  return z
    .array(z.object({ ruleName: z.string() }).loose())
    .parse(result.data)
    .filter(({ ruleName }) => ruleName === "It answers");
}
async function alert(request: APIRequestContext) {
  const [one] = Open.parse(await standing(request));
  if (!one) throw new Error("The alert does not stand any more.");
  return one;
}
const alertId = async (request: APIRequestContext) =>
  z.object({ id: z.string() }).parse((await standing(request))[0]).id;

/** What is told arrives here. */
async function openService() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    bodies.push(Buffer.concat(parts).toString());
    response.end("ok");
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages: () => bodies.map((body) => Message.parse(JSON.parse(body))).filter(({ kind }) => kind === "alerts"),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
