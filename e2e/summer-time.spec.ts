import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, expect as baseExpect, type Page } from "@playwright/test";
import { z } from "zod";
import { type RunningUnity, startUnity } from "./built-unity";
import { openReceiver } from "./receiver";

/** A run comes every ten seconds, and the machine may be busy. */
const expect = baseExpect.configure({ timeout: 45_000 });

interface Fixtures {
  /** The instant at which it begins. */
  readonly begins: string;
  /** By how much the clock is ahead stands in it, in milliseconds. */
  readonly clockFile: string;
  /** Sets the clock of the Unity under test. It goes on as always. */
  readonly setServer: (instant: string) => void;
  /** Sets Unity and browser forward, as if both had slept until then. */
  readonly sleepUntil: (instant: string) => Promise<void>;
  readonly unity: RunningUnity;
}

const test = base.extend<Fixtures>({
  begins: ["", { option: true }],
  timezoneId: "Europe/Berlin",
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern that the fixture needs no other.
  clockFile: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "unity-clock-"));
    await use(join(folder, "ahead"));
    await rm(folder, { recursive: true, force: true });
  },
  setServer: async ({ clockFile }, use) => {
    await use((instant) => writeFileSync(clockFile, `${Date.parse(instant) - Date.now()}`));
  },
  unity: async ({ begins, clockFile, setServer }, use) => {
    setServer(begins);
    const module = pathToFileURL(resolve("e2e/set-clock.mjs")).href;
    const unity = await startUnity({ TEST_CLOCK_FILE: clockFile }, ["--import", module]);
    await use(unity);
    await unity.dispose();
  },
  baseURL: async ({ unity }, use) => use(unity.url),
  storageState: async ({ unity }, use) => use({ ...unity.storage, cookies: [...unity.storage.cookies] }),
  sleepUntil: async ({ begins, page, setServer }, use) => {
    await page.clock.install({ time: Date.parse(begins) });
    await use(async (instant) => {
      setServer(instant);
      await page.clock.fastForward(Date.parse(instant) - (await page.evaluate(() => Date.now())));
    });
  },
});

test.setTimeout(240_000);

const MAINTENANCE = "The night";
/** A busy machine has alerts of its own. */
const isOwn = (ruleName: string) => ruleName === "Before" || ruleName === "Meanwhile";
const Open = z.array(z.object({ ruleName: z.string(), mutedBy: z.object({ name: z.string() }).nullable() }));
const Told = z.object({ kind: z.string(), alerts: z.array(z.object({ ruleName: z.string() })) });

/** Plans "each Sunday at 02:30 for two hours", as a person does. */
async function planMaintenance(page: Page): Promise<void> {
  await page.goto("/alerts/silences?new=maintenance");
  const editor = page.getByRole("dialog", { name: "Plan maintenance" });
  await expect(editor.getByLabel("Time zone")).toHaveValue("Europe/Berlin");
  await editor.getByLabel("Name").fill(MAINTENANCE);
  await editor.getByText("Cron", { exact: true }).click();
  await editor.getByLabel("Expression").fill("30 2 * * 0");
  await editor.getByRole("button", { name: "Plan", exact: true }).click();
  await expect(page.getByRole("region", { name: "Planned" })).toContainText("Sundays at 02:30 for 2 h");
}

/** A service and what it is told; a rule that holds from its next run on. */
async function watchMachine(page: Page) {
  const receiver = await openReceiver();
  const { request } = page;
  const post = async (procedure: string, data: object) =>
    expect((await request.post(`/api/trpc/${procedure}`, { data })).ok()).toBe(true);
  await post("channels.create", { kind: "webhook", name: "Phone", config: { url: `${receiver.url}/phone` } });
  const { result } = await (await request.get("/api/trpc/plugins.instances")).json();
  const [instance] = z.array(z.object({ id: z.string() })).parse(result.data);
  const fire = (name: string) =>
    post("alerts.rule.create", {
      name,
      scope: { kind: "instance", instance: instance?.id },
      parts: [{ kind: "value", metric: "unity_collector_up", is: "above", limit: 0.5 }],
      severity: "critical",
      summary: "{{instance}} answers",
    });
  const told = () =>
    receiver
      .heard("/phone")
      .map((body) => Told.parse(JSON.parse(body)))
      .flatMap(({ kind, alerts }) => (kind === "alerts" ? alerts.map(({ ruleName }) => ruleName) : []))
      .filter(isOwn);
  const muted = async () => {
    const open = Open.parse((await (await request.get("/api/trpc/alerts.open")).json()).result.data);
    const silent = open.filter(({ mutedBy }) => mutedBy?.name === MAINTENANCE).map(({ ruleName }) => ruleName);
    return silent.filter(isOwn).toSorted();
  };
  return { fire, told, muted, close: receiver.close };
}

test.describe("the night that has one hour twice", () => {
  test.use({ begins: "2026-10-25T00:20:00Z" });

  test("maintenance begins with the first 02:30, once, and lasts its two hours", async ({ page, sleepUntil }) => {
    const { fire, told, muted, close } = await watchMachine(page);
    await fire("Before");
    await expect.poll(told).toEqual(["Before"]);
    await planMaintenance(page);
    const planned = page.getByRole("region", { name: "Planned" });
    const silent = page.getByRole("region", { name: "Silent now" });
    await expect(planned).toContainText("Sun 25 Oct 02:30–03:30");
    await expect(planned).toContainText("This time comes twice that night; the first one counts.");

    await sleepUntil("2026-10-25T00:29:50Z");
    await expect(silent).toBeHidden();
    await expect(silent).toContainText("until Sun 25 Oct 03:30");
    await fire("Meanwhile");
    await expect.poll(muted).toEqual(["Before", "Meanwhile"]);
    await expect(silent).toContainText(/mutes \d+ alerts/);

    // The clock was set back, and shows 02:30 again: nothing begins anew.
    await sleepUntil("2026-10-25T01:29:50Z");
    await expect(silent).toContainText("in 59 min");
    await expect(silent).toContainText("until Sun 25 Oct 03:30");
    expect(told()).toEqual(["Before"]);

    await sleepUntil("2026-10-25T02:29:50Z");
    await expect(silent).toBeHidden();
    await expect(planned).toContainText("Sun 1 Nov 02:30–04:30");
    await expect.poll(told).toEqual(["Before", "Meanwhile"]);
    await close();
  });
});

test.describe("the night that lacks an hour", () => {
  test.use({ begins: "2027-03-28T00:20:00Z" });

  test("maintenance begins right after the hour that is skipped, and lasts its two hours", async ({
    page,
    sleepUntil,
  }) => {
    const { fire, told, muted, close } = await watchMachine(page);
    await planMaintenance(page);
    const planned = page.getByRole("region", { name: "Planned" });
    const silent = page.getByRole("region", { name: "Silent now" });
    await expect(planned).toContainText("Sun 28 Mar 03:00–05:00");
    await expect(planned).toContainText("The clock skips this time that night, so it begins right after.");

    await sleepUntil("2027-03-28T00:59:50Z");
    await expect(silent).toBeHidden();
    await expect(silent).toContainText("until Sun 28 Mar 05:00");
    await fire("Meanwhile");
    await expect.poll(muted).toEqual(["Meanwhile"]);
    await expect(silent).toContainText(/mutes \d+ alert/);
    expect(told()).toEqual([]);

    await sleepUntil("2027-03-28T02:59:50Z");
    await expect(silent).toBeHidden();
    await expect(planned).toContainText("Sun 4 Apr 02:30–04:30");
    await expect.poll(told).toEqual(["Meanwhile"]);
    await close();
  });
});
