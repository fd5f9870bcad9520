import { expect, type Page } from "@playwright/test";
import { test } from "./server";

/** Names as an attacker on the network could choose them: markup, words from right to left, and no place to break. */
const MARKUP = "<img src=x onerror=window.ran=1>";
const NAMES = [
  {
    name: MARKUP,
    host: `<script>window.ran=1</script>${"h".repeat(150)}`,
    tags: ["<b onclick=1>tag</b>", "\u202Egat"],
  },
  { name: "\u202Egnihtyna era I\u202D", host: "\u202Etsoh", tags: ["x".repeat(60)] },
  { name: "long".repeat(25), host: "nas", tags: [] },
];
const PATHS = ["/", "/instances", `/instances?q=${encodeURIComponent(MARKUP)}`];
const WIDTHS = [1440, 1024, 768, 390, 320];

test("hostile names are text on every list, and push nothing out of the page", async ({ page, unity, request }) => {
  test.setTimeout(120_000);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  for (const hostile of NAMES) {
    const answer = await request.post("/api/trpc/plugins.create", { data: { plugin: "disk", config: {}, ...hostile } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
  // Its failure repeats the address in words.
  const failing = {
    plugin: "postgres",
    name: `failing ${MARKUP}`,
    host: "nas",
    config: { host: `no${"o".repeat(120)}.invalid` },
  };
  expect((await request.post("/api/trpc/plugins.create", { data: failing })).ok()).toBe(true);

  for (const layout of ["grid.normal", "table.compact"]) {
    await page.context().addCookies([{ name: "unity-overview", value: layout, url: unity.url }]);
    for (const path of PATHS) {
      await page.goto(unity.url + path);
      await expect(page.getByText(MARKUP, { exact: true }).first()).toBeAttached();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflow(page), `${path}, ${layout}, ${width} px wide`).toBe(0);
      }
    }
  }
  expect(dialogs).toEqual([]);
});

test("the dialog that asks before deleting shows a hostile name as text", async ({ page, unity, request }) => {
  await request.post("/api/trpc/plugins.create", { data: { plugin: "disk", config: {}, ...NAMES[0] } });
  await page.goto(`${unity.url}/instances`);
  await page.getByRole("button", { name: `${MARKUP}: more` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("dialog", { name: `Delete ${MARKUP}?` })).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("link", { name: MARKUP })).toHaveCount(0);
  expect(await overflow(page)).toBe(0);
});

/** How far the page reaches over its right edge; and nothing of a name became an element or ran. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    if ("ran" in window || document.querySelector("img[src='x'], b[onclick]"))
      throw new Error("A name was taken for markup.");
    return Math.max(0, document.documentElement.scrollWidth - window.innerWidth);
  });
