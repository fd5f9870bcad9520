import { expect, test } from "vitest";
import { createQueue, QueueFull } from "./queue";

test("tasks run one after another, in the order they came", async () => {
  const queue = createQueue(10);
  const seen: string[] = [];
  const task = (name: string, turns: number) =>
    queue.run(async () => {
      seen.push(`${name} begins`);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    });
  expect(await Promise.all([task("a", 20), task("b", 0), task("c", 5)])).toEqual(["a", "b", "c"]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("a failed task is heard of by whoever asked, and holds nobody up", async () => {
  const queue = createQueue(10);
  const failed = queue.run(() => Promise.reject(new Error("no")));
  const next = queue.run(async () => "done");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("done");
});

test("a full queue refuses, and takes again when it has room", async () => {
  const queue = createQueue(2);
  const tasks = [queue.run(async () => 1), queue.run(async () => 2)];
  await expect(queue.run(async () => 3)).rejects.toThrow(QueueFull);
  await Promise.all(tasks);
  expect(await queue.run(async () => 4)).toBe(4);
});

test("a task that would wait for itself is told so", async () => {
  const queue = createQueue(10);
  await expect(queue.run(() => queue.run(async () => 1))).rejects.toThrow("use its `tx` only");
});

test("what a task started and did not wait for may come back once it has ended", async () => {
  const queue = createQueue(10);
  let later: Promise<number> | undefined;
  await queue.run(async () => {
    later = new Promise((resolve, reject) => {
      setImmediate(() => queue.run(async () => 1).then(resolve, reject));
    });
  });
  expect(await later).toBe(1);
});
