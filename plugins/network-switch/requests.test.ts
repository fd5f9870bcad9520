import type { Session } from "net-snmp";
import { expect, test } from "vitest";
import { walkColumn } from "./requests";

const OPTIONS = { limit: 100, maxRepetitions: 2, version: "2c" };
const INTEGER = 2;

/** An agent that answers each question with the next objects of a list, whatever was asked. */
function agentWith(answers: readonly (readonly string[])[]): Session {
  const left = [...answers];
  const getBulk = (_oids: string[], _none: number, _max: number, done: (error: null, varbinds: unknown) => void) =>
    done(null, [(left.shift() ?? []).map((oid) => ({ oid, type: INTEGER, value: 1 }))]);
  // Only what a walk uses.
  return { getBulk } as unknown as Session;
}

const walk = (answers: readonly (readonly string[])[], options = OPTIONS) =>
  walkColumn(agentWith(answers), "1.3.1", options);

test("goes to the end of the column", async () => {
  const rows = await walk([
    ["1.3.1.1", "1.3.1.2"],
    ["1.3.1.10", "1.3.2.1"],
  ]);
  expect(rows.map(([index]) => index)).toEqual(["1", "2", "10"]);
});

test.each([
  ["repeats itself", [["1.3.1.1"], ["1.3.1.1"], ["1.3.1.1"]]],
  ["goes back", [["1.3.1.1"], ["1.3.1.0"], ["1.3.1.1"]]],
  ["says nothing more", [["1.3.1.1"], []]],
  ["has a column whose number begins alike", [["1.3.1.1"], ["1.3.11.1"]]],
])("ends at an agent that %s", async (_, answers) => {
  expect((await walk(answers)).map(([index]) => index)).toEqual(["1"]);
});

test("takes no more rows than the limit", async () => {
  expect(await walk([["1.3.1.1", "1.3.1.2", "1.3.1.3"]], { ...OPTIONS, limit: 2 })).toHaveLength(2);
});
