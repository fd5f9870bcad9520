import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createEnding } from "./ending";

test("work that is under way ends with what it depends on, and nothing begins afterwards", async () => {
  const ending = createEnding();
  expect(await ending.until(async () => 5)).toBe(5);
  await expect(ending.until(() => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  const endless = [1, 2].map(() => ending.until(() => new Promise(() => undefined)));
  ending.end(new Error("lost"));
  ending.end(new Error("lost again"));
  for (const one of endless) await expect(one).rejects.toThrow("lost");
  let began = false;
  const late = ending.until(async () => {
    began = true;
  });
  await expect(late).rejects.toThrow("lost");
  expect([began, ending.error()?.message]).toEqual([false, "lost"]);
});

test("what was answered is nobody's any more, however long the connection lasts", async () => {
  const ending = createEnding();
  const answers: WeakRef<object>[] = [];
  for (let turn = 0; turn < 20; turn++) {
    await ending.until(async () => {
      const answer = { rows: new Uint8Array(1_000) };
      answers.push(new WeakRef(answer));
      return answer;
    });
  }
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  // The last may still be on the stack.
  expect(answers.filter((one) => one.deref()).length).toBeLessThanOrEqual(1);
});
