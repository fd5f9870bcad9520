import { expect, test } from "vitest";
import { CollectError, NOTHING_RECEIVED } from "../sdk";
import { createMemory } from "../sdk/memory";
import { config } from "./config";
import { readChips } from "./read-chips";
import type { Chip } from "./sensor";

type Context = Parameters<typeof readChips>[0];

const chip = (name: string, kind: Chip["kind"] = "board"): Chip => ({
  ...{ name, driver: name, kind, disk: "", folder: `/sys/${name}` },
  sensors: [{ id: "temp1", label: name, quantity: "temperature", path: name, divisor: 1_000, alarmPaths: [] }],
});

/** Chips that take a time of their own to answer, or hang. */
function machine(tookMs: Record<string, number | "hangs">) {
  let clock = 0;
  let now = 1_790_000_000_000;
  let asked: string[] = [];
  const refuse = () => Promise.reject(new CollectError("not_found", "It is not there."));
  const context: Context = {
    ...{ fetch: refuse, exec: refuse, readPart: refuse },
    ...{ listDir: refuse, readLink: refuse, stat: refuse, statfs: refuse },
    ...{ connect: refuse, datagram: refuse, lookup: refuse, driver: refuse, program: refuse },
    ...{ machine: refuse, hardware: refuse },
    ...{ config: config.parse({}), memory: createMemory(() => now), signal: new AbortController().signal },
    log: { debug: () => {}, warn: () => {} },
    received: () => NOTHING_RECEIVED,
    get now() {
      return now;
    },
    readFile: async (path) => {
      asked.push(path);
      const took = tookMs[path] ?? 1;
      clock += took === "hangs" ? 5_000 : took;
      if (took === "hangs") throw new CollectError("timeout", `${path} did not answer in 5 s.`);
      return `${30_000 + asked.length * 1_000}\n`;
    },
  };
  const chips = Object.keys(tookMs).map((name) => chip(name, name.startsWith("disk") ? "disk" : "board"));
  return {
    /** What a run so many seconds later asked, said and complained about. */
    run: async (seconds: number) => {
      now += seconds * 1_000;
      asked = [];
      const { values, problems } = await readChips(context, chips, () => clock);
      return { asked, said: values.map(({ chip: name }) => name), reasons: problems.map(({ reason }) => reason) };
    },
  };
}

test("asks disks and slow chips once a minute, says their last value between, and the others each time", async () => {
  const { run } = machine({ quick: 2, slow: 300, disk: 1 });
  const said = ["quick", "slow", "disk"];
  expect(await run(0)).toEqual({ asked: ["quick", "slow", "disk"], said, reasons: [] });
  expect(await run(10)).toEqual({ asked: ["quick"], said, reasons: [] });
  expect(await run(40)).toEqual({ asked: ["quick"], said, reasons: [] });
  expect(await run(10)).toEqual({ asked: ["disk", "quick", "slow"], said, reasons: [] });
});

test("leaves a chip that hung alone for five minutes, and says so meanwhile", async () => {
  const { run } = machine({ quick: 2, stuck: "hangs" });
  expect(await run(0)).toEqual({ asked: ["quick", "stuck"], said: ["quick"], reasons: ["timeout"] });
  expect(await run(290)).toEqual({ asked: ["quick"], said: ["quick"], reasons: ["timeout"] });
  expect(await run(10)).toEqual({ asked: ["quick", "stuck"], said: ["quick"], reasons: ["timeout"] });
});

test("ends within its time: what was not reached is told once, and comes first the next time", async () => {
  const { run } = machine({ a: 3_000, b: 3_000, c: 10 });
  expect(await run(0)).toEqual({ asked: ["a", "b"], said: ["a", "b"], reasons: ["partial"] });
  expect(await run(10)).toEqual({ asked: ["c"], said: ["a", "b", "c"], reasons: [] });
  expect(await run(50)).toEqual({ asked: ["c", "a", "b"], said: ["a", "b", "c"], reasons: [] });
});
