import { expect, test } from "vitest";
import { within } from "./within";

test("work that ends in time gives its result or its failure", async () => {
  const options = { place: "x", late: () => expect.unreachable() };
  expect(await within(1_000, options, Promise.resolve(5))).toBe(5);
  await expect(within(1_000, options, Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test("work that does not is given up, and whoever can hang up is told", async () => {
  let late = 0;
  const work = new Promise<never>(() => undefined);
  const waiting = within(10, { place: "PostgreSQL at nas:5432/unity", late: () => late++ }, work);
  await expect(waiting).rejects.toThrow(/^PostgreSQL at nas:5432\/unity did not answer in 0\.01 s\./);
  expect(late).toBe(1);
});
