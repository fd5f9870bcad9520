import { expect, test } from "vitest";
import { CollectError } from "../sdk/errors";
import { createMemory } from "../sdk/memory";
import { readOomNames } from "./events";

test("time whose events could not be read is asked for again", async () => {
  const asked: string[] = [];
  let problem: CollectError | undefined;
  const engine = {
    askLines: async (path: string) => {
      asked.push(/since=(\d+)\.\d+&until=(\d+)/.exec(path)?.slice(1).join("-") ?? path);
      if (problem) throw problem;
      return JSON.stringify({ Action: "oom", Actor: { Attributes: { name: "web" } } });
    },
  };
  const memory = createMemory(() => 0);
  const context = { memory, signal: new AbortController().signal, log: { debug: () => {}, warn: () => {} } };
  const read = (seconds: number) =>
    readOomNames(context, engine, "/v1.41", new Date(1_700_000_000_000 + seconds * 1_000).toISOString());

  expect(await read(0)).toEqual(new Set());
  problem = new CollectError("timeout", "late");
  expect(await read(10)).toEqual(new Set());
  problem = undefined;
  expect(await read(20)).toEqual(new Set(["web"]));
  await read(30);
  expect(asked).toEqual(["1700000000-1700000010", "1700000000-1700000020", "1700000020-1700000030"]);
});
