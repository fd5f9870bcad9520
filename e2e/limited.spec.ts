import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { z } from "zod";
import { startUnity } from "./built-unity";
import { test as base } from "./server";
import { expectSignedIn, openBrowser, sendPassword } from "./visitors";

/** In everything that the viewer must not learn of. */
const HIDDEN = "planted-elsewhere";
const VIEWER = { name: "Kid", username: "kid", password: "correct horse battery" };
const OTHERS = ["/settings/storage", "/alerts/channels", "/alerts/notifications", "/alerts/notifications/log"];

interface Ids {
  readonly instance: string;
  readonly alert: string;
}

/**
 * On a machine that it watches by itself: two services that do not answer, one with the viewer's tag and one without, and the viewer, who
 * is signed in.
 */
const test = base.extend<{ house: { own: Ids; other: Ids; viewer: Page } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern that the fixture needs no other.
  unity: async ({}, use) => {
    const unity = await startUnity({ UNITY_HOSTNAME: `${HIDDEN}-machine` });
    await use(unity);
    await unity.dispose();
  },
  house: async ({ unity, browser, request }, use) => {
    await post(request, "alerts.rule.create", {
      name: "Away",
      scope: { kind: "all" },
      parts: [{ kind: "value", metric: "endpoint_up", is: "equal", limit: 0 }],
      severity: "critical",
      summary: "{{instance}} is away",
    });
    const own = await watch(request, { name: "Photos", host: "attic", tags: ["family"] });
    const other = await watch(request, {
      name: `${HIDDEN}-name`,
      host: `${HIDDEN}-host`,
      tags: [`${HIDDEN}-tag`],
    });
    const alerts = [await alertOf(request, own), await alertOf(request, other)] as const;
    await post(request, "people.create", { ...VIEWER, role: "viewer", tags: ["family"] });
    const { context, page } = await openBrowser(browser, unity.url);
    await sendPassword(page, VIEWER);
    await expectSignedIn(page);
    await use({
      own: { instance: own, alert: alerts[0] },
      other: { instance: other, alert: alerts[1] },
      viewer: page,
    });
    await context.close();
  },
});

test("who sees only some tags has every page of those, with nothing of others, and is refused nothing", async ({
  house: { own, viewer },
  request,
}) => {
  test.setTimeout(240_000);
  const troubles: string[] = [];
  viewer.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  viewer.on("response", (answer) => answer.status() >= 400 && troubles.push(`${answer.status()} ${answer.url()}`));
  const tabs = ["", "?tab=inventory", "?tab=runs", "?tab=alerts", "?tab=settings"];
  const paths = [
    "/",
    "/instances",
    ...tabs.map((tab) => `/instances/${own.instance}${tab}`),
    "/alerts",
    `/alerts/${own.alert}`,
    "/alerts/history",
    "/alerts/rules",
    "/alerts/rules/unity/failing",
    "/alerts/silences",
    "/catalogue",
    "/catalogue/web-service",
    "/settings",
    "/settings/account",
  ];
  for (const path of paths) {
    await viewer.goto(path);
    await expectSignedIn(viewer);
    await viewer.waitForLoadState("networkidle");
    const text = await viewer.content();
    expect([path, text.includes(HIDDEN)]).toEqual([path, false]);
    await expect(viewer.getByText(/could not be read|not there any more/), path).toHaveCount(0);
    const links = await viewer.locator("a[href]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    expect(
      links.filter((href) => OTHERS.includes(href ?? "")),
      path,
    ).toEqual([]);
    expect(troubles, path).toEqual([]);
  }
  await viewer.goto("/");
  await expect(viewer.getByRole("region", { name: /Needs attention/ })).toContainText("Photos");
  await viewer.keyboard.press("Control+k");
  const search = viewer.getByRole("combobox", { name: /^Search/ });
  await search.fill("Photos");
  await expect(viewer.getByRole("option").first()).toBeVisible();
  await search.fill(HIDDEN);
  await expect(viewer.getByRole("option")).toHaveCount(0);
  expect(troubles).toEqual([]);
  // Nor is anything written down as refused.
  const { entries } = z
    .object({ entries: z.array(z.object({ action: z.string(), outcome: z.string() })) })
    .parse(await get(request, "audit.list"));
  expect(entries.filter(({ outcome }) => outcome === "refused")).toEqual([]);
});

test("who sees only some tags finds nothing where others are, and may not open what shows all", async ({
  house: { other, viewer },
}) => {
  test.setTimeout(120_000);
  for (const path of [
    `/instances/${other.instance}`,
    `/instances/${other.instance}?tab=runs`,
    `/alerts/${other.alert}`,
  ]) {
    expect((await viewer.goto(path))?.status(), path).toBe(404);
    expect([path, (await viewer.content()).includes(HIDDEN)]).toEqual([path, false]);
  }
  for (const path of OTHERS) {
    await viewer.goto(path);
    await expect(viewer, path).toHaveURL(/\/forbidden$/);
  }
  await viewer.goto("/alerts");
  await expect(viewer.getByRole("navigation", { name: "Alerts" }).getByRole("link")).toHaveText([
    "Firing",
    "Rules",
    "History",
    "Silences",
  ]);
});

test("an instance is gone from an open page as soon as its tag is", async ({ house: { own, viewer }, request }) => {
  test.setTimeout(120_000);
  await viewer.goto("/");
  await expectSignedIn(viewer);
  await expect(viewer.getByRole("link", { name: "Photos" }).first()).toBeVisible();
  await post(request, "plugins.update", { id: own.instance, tags: [] });
  await expect(viewer.getByText("There is nothing for you to see yet")).toBeVisible();
});

const Answer = z.object({ result: z.object({ data: z.unknown() }) });

async function post(request: APIRequestContext, path: string, data: object): Promise<unknown> {
  const answer = await request.post(`/api/trpc/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return Answer.parse(await answer.json()).result.data;
}

const get = async (request: APIRequestContext, path: string): Promise<unknown> =>
  Answer.parse(await (await request.get(`/api/trpc/${path}`)).json()).result.data;

async function watch(
  request: APIRequestContext,
  named: { name: string; host: string; tags: string[] },
): Promise<string> {
  // Nobody listens there any more.
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const config = { address: `http://127.0.0.1:${port}/${named.name}` };
  const made = await post(request, "plugins.create", { plugin: "web-service", intervalSeconds: 5, config, ...named });
  return z.object({ id: z.string() }).parse(made).id;
}

const Alerts = z.array(z.object({ id: z.string(), instanceId: z.string(), phase: z.string() }));

/** The one that says that it does not answer. */
async function alertOf(request: APIRequestContext, instance: string): Promise<string> {
  const firing = async () =>
    Alerts.parse(await get(request, "alerts.open")).find(
      ({ instanceId, phase }) => instanceId === instance && phase === "firing",
    )?.id;
  await expect.poll(firing, { timeout: 40_000 }).toBeDefined();
  return (await firing()) ?? "";
}
