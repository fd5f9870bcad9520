import { expect } from "@playwright/test";
import { test } from "./server";

/** From an empty folder to the first figure that moves. */
const FIRST_POINT_WITHIN_MS = 60_000;

test("a first run shows this machine, and its figures move without a reload", async ({ page, unity }) => {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  let documents = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest()) documents += 1;
  });
  const startedAt = Date.now();
  await page.goto(unity.url);

  // The layout is there before the first figure: its head does not move while it fills.
  const hosts = page.getByRole("region", { name: /^Hosts/ });
  await expect(hosts).toBeVisible();
  const top = (await hosts.boundingBox())?.y;
  const cpu = hosts.getByRole("meter", { name: "CPU" }).first();
  await expect(cpu).toHaveAttribute("aria-valuetext", /%$/, { timeout: FIRST_POINT_WITHIN_MS });
  expect(Date.now() - startedAt).toBeLessThan(FIRST_POINT_WITHIN_MS);

  const traffic = hosts.getByText(/^[↓↑]$/).locator("..");
  // Not the uptime, which moves by itself.
  const figures = async () =>
    [await cpu.getAttribute("aria-valuetext"), ...(await traffic.allTextContents())].join(" ");
  const before = await figures();
  await expect.poll(figures, { timeout: 45_000 }).not.toBe(before);
  await expect(page.locator("[data-connection=live]")).toBeVisible();
  expect(documents).toBe(1);
  expect(problems).toEqual([]);
  const attention = await page.getByRole("heading", { name: /^Needs attention/ }).count();
  // A machine that is full when Unity comes is told above, and moves the rest down once.
  if (attention === 0) expect((await hosts.boundingBox())?.y).toBe(top);
  test.info().annotations.push({ type: "first figures after", description: `${Date.now() - startedAt} ms` });
});

test("instances that are all gone leave two ways on: what runs here, and the catalogue", async ({
  page,
  unity,
  request,
}) => {
  const answer = await (await request.get("/api/trpc/plugins.instances")).json();
  for (const { id } of answer.result.data) {
    expect((await request.post("/api/trpc/plugins.remove", { data: { id } })).ok()).toBe(true);
  }
  await page.goto(unity.url);
  await expect(page.getByText("Nothing is watched yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "Find services" })).toBeVisible();
  await page.getByRole("link", { name: "Choose what to watch" }).click();
  await expect(page).toHaveURL(/\/catalogue$/);
});
