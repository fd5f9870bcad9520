import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "./server";

/** What the page asks the server for. */
interface RangeAnswer {
  readonly from: number;
  readonly stepMs: number;
  readonly length: number;
  readonly lines: readonly { readonly metric: string; readonly avg: readonly (number | null)[] }[];
}

const chart = (page: Page, title: string): Locator => page.getByRole("figure", { name: title, exact: true });

/** The disk of this machine, collected as often as it may be. */
async function openDisk(page: Page, query = ""): Promise<string> {
  const listed = await page.request.get("/api/trpc/plugins.instances");
  const { result } = await listed.json();
  const { id } = result.data.find(({ plugin }: { plugin: string }) => plugin === "disk");
  const changed = await page.request.post("/api/trpc/plugins.update", { data: { id, intervalSeconds: 5 } });
  expect(changed.status()).toBe(200);
  await page.goto(`/instances/${id}${query}`);
  return id;
}

/** Answers to questions about this metric, as they come. */
function hearRanges(page: Page, metric: string): RangeAnswer[] {
  const heard: RangeAnswer[] = [];
  page.on("response", async (response) => {
    if (!response.url().includes("metrics.range")) return;
    const batch = await response.json().catch(() => []);
    for (const { result } of [batch].flat()) {
      // Other questions go in the same request: what fired is drawn behind the lines.
      const answer: Partial<RangeAnswer> | undefined = result?.data;
      if (isRange(answer) && answer.lines.some((line) => line.metric === metric)) heard.push(answer);
    }
  });
  return heard;
}

const isRange = (answer: Partial<RangeAnswer> | undefined): answer is RangeAnswer => answer?.lines !== undefined;

/** The plot once it has a line to show. */
async function plotOf(page: Page, title: string): Promise<Locator> {
  const over = chart(page, title).locator(".u-over");
  await over.scrollIntoViewIfNeeded();
  await expect(over).toBeVisible({ timeout: 30_000 });
  return over;
}

async function drag(page: Page, over: Locator, from: number, to: number): Promise<void> {
  const box = await over.boundingBox();
  if (!box) throw new Error("The chart is not on the screen.");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 4 });
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
  await page.mouse.up();
}

test("a drag zooms: the URL holds the window, the data come at a finer step, and the browser goes back", async ({
  page,
}) => {
  const heard = hearRanges(page, "disk_available_bytes");
  await openDisk(page, "?range=24h");
  const over = await plotOf(page, "Available");
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  expect(heard.at(-1)?.stepMs).toBe(300_000);

  await drag(page, over, 0.96, 0.99);
  await expect(page).toHaveURL(/from=\d+&to=\d+/);
  const params = new URL(page.url()).searchParams;
  const [from, to] = [Number(params.get("from")), Number(params.get("to"))];
  // Three hundredths of a day.
  expect((to - from) / 60_000).toBeGreaterThan(35);
  expect((to - from) / 60_000).toBeLessThan(50);
  await expect.poll(() => heard.at(-1)?.stepMs).toBeLessThan(300_000);

  await page.goBack();
  await expect(page).toHaveURL(/range=24h/);
  await page.goForward();
  await expect(page).toHaveURL(/from=\d+/);
  await page.reload();
  expect(new URL(page.url()).searchParams.get("from")).toBe(String(from));
});

test("a double click returns to where the zoom came from, also from where there is nothing", async ({ page }) => {
  await openDisk(page, "?range=24h");
  await drag(page, await plotOf(page, "Available"), 0.2, 0.4);
  await expect(page).toHaveURL(/from=\d+/);
  await chart(page, "Available").getByText("No data in this time").dblclick();
  await expect(page).toHaveURL(/range=24h/);

  // A window that a link brought gives way to the usual one.
  const now = Date.now();
  await page.goto(`${new URL(page.url()).pathname}?from=${now - 1_800_000}&to=${now + 60_000}`);
  await (await plotOf(page, "Available")).dblclick();
  await expect(page).toHaveURL(/range=1h/);
});

test("the crosshair of one chart shows on the others, at the same instant", async ({ page }) => {
  await openDisk(page, "?range=15m");
  const first = await plotOf(page, "Used");
  const second = await plotOf(page, "Available");
  const box = await first.boundingBox();
  if (!box) throw new Error("The chart is not on the screen.");
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2);

  const line = second.locator(".u-cursor-x");
  await expect(line).toBeVisible();
  const at = await line.boundingBox();
  const frame = await second.boundingBox();
  expect(((at?.x ?? 0) - (frame?.x ?? 0)) / (frame?.width ?? 1)).toBeCloseTo(0.7, 1);

  await page.mouse.move(2, 2);
  await expect(line).toBeHidden();
});

test("a gap is a gap: what was not measured is neither drawn nor guessed", async ({ page }) => {
  test.slow();
  const heard = hearRanges(page, "disk_written_bytes_total");
  await openDisk(page, "?range=15m");
  await plotOf(page, "Written");
  await page.evaluate(() => window.scrollTo(0, 0));

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("nothing is collected until it is resumed")).toBeVisible();
  await page.waitForTimeout(22_000);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("nothing is collected until it is resumed")).toBeHidden();
  // A rate needs two readings.
  await page.waitForTimeout(12_000);

  await page.reload();
  await plotOf(page, "Written");
  const gaps = () => {
    const column = heard.at(-1)?.lines[0]?.avg ?? [];
    const measured = column.flatMap((value, index) => (value === null ? [] : [index]));
    return measured.slice(1).map((index, place) => index - (measured[place] ?? index) - 1);
  };
  await expect.poll(() => Math.max(0, ...gaps())).toBeGreaterThanOrEqual(2);

  await chart(page, "Written").getByRole("button", { name: "Written: more" }).click();
  await page.getByRole("menuitem", { name: "Show table" }).click();
  const cells = chart(page, "Written").getByRole("cell");
  const texts = (await cells.allTextContents()).map((text) => (text === "–" ? "gap" : "value")).join(" ");
  expect(texts).toMatch(/value (gap )+(gap) value/);
});
