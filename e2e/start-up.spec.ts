import { expect } from "@playwright/test";
import { startUnity } from "./built-unity";
import { test } from "./server";

test("the built tree starts, shows a page without errors, and stops in order", async ({ page, unity }) => {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));

  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  await expect(page.locator("body")).not.toBeEmpty();
  expect(problems).toEqual([]);

  await page.close();
  expect(await unity.stop()).toBe(0);
  expect(unity.output()).not.toContain('"level":"error"');
});

test("keeps its data over a killed process", async ({ unity, request }) => {
  const instances = async () => (await request.get("/api/trpc/plugins.overview")).text();
  const names = (text: string) => [...text.matchAll(/"name":"[^"]*"/g)].map(String).sort();
  const before = names(await instances());
  expect(before.length).toBeGreaterThan(0);
  await unity.stop("SIGKILL");
  await unity.start();
  expect(names(await instances())).toEqual(before);
});

test("a wrong setting stops it with one line that names the variable", async () => {
  await expect(startUnity({ LOG_LEVEL: "loud" })).rejects.toThrow(/Unity cannot start: LOG_LEVEL/);
});
