import { type APIRequestContext, expect } from "@playwright/test";
import { z } from "zod";
import { test } from "./server";

/** A run comes every ten seconds. */
const FIRES_WITHIN_MS = 40_000;

const Open = z.array(z.object({ ruleName: z.string(), phase: z.string(), mutedBy: z.unknown() }));
const Instances = z.array(z.object({ id: z.string(), name: z.string() }));

async function ask<T>(request: APIRequestContext, procedure: string, shape: z.ZodType<T>): Promise<T> {
  const answer = await request.get(`/api/trpc/${procedure}`);
  return z.object({ result: z.object({ data: shape }) }).parse(await answer.json()).result.data;
}

async function firstInstance(request: APIRequestContext) {
  const [first] = await ask(request, "plugins.instances", Instances);
  if (!first) throw new Error("A fresh Unity watches its machine, but there is no instance.");
  return first;
}

test.setTimeout(120_000);

test("an alert is silenced, seen as silenced, and told again when the silence is ended", async ({ page, request }) => {
  const { id: instance, name } = await firstInstance(request);
  // It holds from the next run on, and does not end.
  const rule = {
    name: "It answers",
    scope: { kind: "instance", instance },
    parts: [{ kind: "value", metric: "unity_collector_up", is: "above", limit: 0.5 }],
    severity: "warning",
    summary: "{{instance}} answers",
  };
  expect((await request.post("/api/trpc/alerts.rule.create", { data: rule })).ok()).toBe(true);
  const open = async () => (await ask(request, "alerts.open", Open)).filter(({ ruleName }) => ruleName === rule.name);
  await expect
    .poll(async () => (await open()).map(({ phase }) => phase), { timeout: FIRES_WITHIN_MS })
    .toEqual(["firing"]);

  await page.goto("/alerts/silences");
  await expect(page.getByText("Nothing is silent, and nothing is planned")).toBeVisible();
  await page.getByRole("button", { name: "New silence" }).click();
  const editor = page.getByRole("dialog", { name: "New silence" });
  await editor.getByRole("button", { name: "Rule" }).click();
  await editor.getByLabel("Rule 1: value").fill("Something else");
  await expect(editor.getByText("no alerts now")).toBeVisible();
  await editor.getByLabel("Rule 1: value").fill(rule.name);
  await expect(editor.getByText("1 alert now")).toBeVisible();
  await expect(editor.getByRole("complementary").getByText(name, { exact: true })).toBeVisible();
  await editor.getByRole("button", { name: "4 h", exact: true }).click();
  await editor.getByLabel("Name").fill("We know");
  await editor.getByRole("button", { name: "Silence", exact: true }).click();
  await expect(editor).toBeHidden();

  const silent = page.getByRole("region", { name: "Silent now" });
  await expect(silent.getByRole("button", { name: "We know", exact: true })).toBeVisible();
  await expect(silent.getByText("rule It answers")).toBeVisible();
  await expect(silent.getByText("mutes 1 alert")).toBeVisible();
  expect(await open()).toMatchObject([{ mutedBy: { kind: "silence", name: "We know" } }]);

  await silent.getByRole("button", { name: "End now" }).click();
  await expect(silent).toBeHidden();
  await expect(page.getByText("Nothing is silent now")).toBeVisible();
  await expect(page.getByRole("button", { name: "Over 1" })).toBeVisible();
  expect(await open()).toMatchObject([{ mutedBy: null }]);

  // It was a mistake: it goes on.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(silent.getByRole("button", { name: "We know", exact: true })).toBeVisible();
});

test("maintenance over the end of summer time says what the clock does", async ({ page }) => {
  await page.goto("/alerts/silences?new=maintenance&host=nas");
  const editor = page.getByRole("dialog", { name: "Plan maintenance" });
  await expect(editor.getByLabel("Host 1: value")).toHaveValue("nas");
  await editor.getByLabel("Time zone").fill("Europe/Berlin");
  await expect(editor.getByText(/Next times, Europe\/Berlin/)).toBeVisible();
  await editor.getByText("Cron", { exact: true }).click();
  // Sundays of October: the clock is set in the night of the last one, whatever year the test runs in.
  await editor.getByLabel("Expression").fill("30 2 * 10 0");
  await expect(editor.getByText(/This time comes twice that night/)).toBeVisible();
  await editor.getByLabel("Expression").fill("30 2 * 3 0");
  await expect(editor.getByText(/The clock skips this time that night/)).toBeVisible();
  await expect(editor.getByText(/Sun \d+ Mar 03:00–05:00/)).toBeVisible();

  await editor.getByLabel("Expression").fill("0 25 * * *");
  await expect(editor.getByText(/This is no time that comes again/)).toBeVisible();
  await expect(editor.getByRole("button", { name: "Plan", exact: true })).toBeDisabled();
  await editor.getByLabel("Expression").fill("30 2 * * 0");
  await editor.getByLabel("Time zone").fill("Mars/One");
  await expect(editor.getByText(/is no time zone/)).toBeVisible();
  await editor.getByLabel("Time zone").fill("America/New_York");
  await editor.getByRole("button", { name: "Plan", exact: true }).click();
  const planned = page.getByRole("region", { name: "Planned" });
  await expect(planned.getByText("Sundays at 02:30 for 2 h, America/New_York")).toBeVisible();
  await expect(page.getByRole("region", { name: /The next four weeks/ })).toBeVisible();

  // It is taken away, and nothing is planned any more.
  await planned.getByRole("button", { name: "More about host nas" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(page.getByText("Nothing is silent, and nothing is planned")).toBeVisible();
});

test("what is done elsewhere is seen at once, and lists say what maintenance pauses, until it is over", async ({
  page,
  request,
}) => {
  const { id: instance } = await firstInstance(request);
  const create = async (silence: Record<string, unknown>) =>
    expect((await request.post("/api/trpc/silences.create", { data: silence })).ok()).toBe(true);
  await page.goto("/alerts/silences");
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  await create({
    kind: "silence",
    name: "From elsewhere",
    matchers: [{ of: "host", op: "is", value: "nowhere" }],
    when: { kind: "once", from: Date.now() - 1_000, to: Date.now() + 600_000 },
  });
  const silent = page.getByRole("region", { name: "Silent now" });
  await expect(silent.getByRole("button", { name: "From elsewhere", exact: true })).toBeVisible({ timeout: 5_000 });

  const matchers = [{ of: "instance", op: "is", value: instance }];
  const when = { kind: "once", from: Date.now() - 1_000, to: Date.now() + 30_000 };
  await create({ kind: "maintenance", name: "Updates", matchers, when, pausesCollection: true });
  await expect(silent.getByRole("button", { name: "Updates", exact: true })).toBeVisible({ timeout: 5_000 });
  await page.goto("/instances");
  const paused = page.getByText("In maintenance");
  await expect(paused).toHaveCount(1);
  // The next run after its end says so.
  await expect(paused).toHaveCount(0, { timeout: 60_000 });
});
