import { expect, test } from "vitest";
import { createDoors } from "./doors";

const echo = new URL("./test-echo-program.js", import.meta.url);

function open(controller = new AbortController()) {
  const { doors, close } = createDoors({ signal: controller.signal });
  return { close, ask: doors.program<{ say: string }, { said: string; pid: number }>("echo", echo) };
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const gone = (pid: number) => expect.poll(() => isAlive(pid)).toBe(false);

test("answers in turn from a process of its own, and ends with the run", async () => {
  const { ask, close } = open();
  const echoed = await ask;
  const answers = await Promise.all(["a", "b", "c"].map((say) => echoed({ say })));
  expect(answers.map(({ said }) => said)).toEqual(["a", "b", "c"]);
  expect(answers[0]?.pid).not.toBe(process.pid);
  await close();
  await gone(answers[0]?.pid ?? 0);
});

test("tells what the plugin's module threw, and goes on", async () => {
  const { ask, close } = open();
  const echoed = await ask;
  await expect(echoed({ say: "throw" })).rejects.toMatchObject({
    reason: "internal",
    message: "echo failed: asked for it",
  });
  expect((await echoed({ say: "still here" })).said).toBe("still here");
  await close();
});

test("one that ends fails its question, and those after it", async () => {
  const { ask, close } = open();
  const echoed = await ask;
  await expect(echoed({ say: "end" })).rejects.toMatchObject({ message: "The program echo ended: 3." });
  await expect(echoed({ say: "a" })).rejects.toMatchObject({ reason: "internal" });
  await close();
});

test("one that blocks holds nobody up, and is killed", async () => {
  const controller = new AbortController();
  const { ask, close } = open(controller);
  const echoed = await ask;
  const { pid } = await echoed({ say: "a" });
  const blocked = echoed({ say: "block" });
  controller.abort();
  await expect(blocked).rejects.toMatchObject({ reason: "timeout" });
  await close();
  await gone(pid);
});

test("a module that is not there is told", async () => {
  const { doors, close } = createDoors({ signal: new AbortController().signal });
  await expect(doors.program("none", new URL("./no-program.js", import.meta.url))).rejects.toMatchObject({
    reason: "internal",
  });
  await close();
});
