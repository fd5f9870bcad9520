import { expect, test } from "vitest";
import { z } from "zod";
import type { Collected } from "../../plugins/sdk/collect";
import { Case } from "../../plugins/sdk/golden-case";
import { definePlugin } from "../../plugins/sdk/plugin";
import { expectationOf, judgeCase } from "./judge-case";

const plugin = definePlugin({
  id: "x",
  name: "X",
  summary: "X.",
  category: "system",
  tier: 0,
  kind: "host",
  intervalSeconds: 10,
  config: z.object({}),
  metrics: {
    up: { kind: "gauge", unit: "bool", description: "Up." },
    size_bytes: { kind: "gauge", unit: "bytes", description: "Size.", labels: ["disk", "pool"] },
    cpu_ratio: { kind: "share", unit: "ratio", description: "CPU." },
  },
  alerts: [],
  board: [],
  collect: async () => {},
});
const got: Collected = {
  readings: [
    { metric: "up", value: 1, labels: {} },
    { metric: "size_bytes", value: 0.1 + 0.2, labels: { pool: "p", disk: "a" } },
    { metric: "cpu_ratio", value: { part: 1, whole: 4 }, labels: {} },
  ],
  inventory: { facts: { version: "1" }, lists: { disks: [{ disk: "a", size: 3 }] } },
  partial: [{ reason: "permission", message: "no sudo" }],
  failure: undefined,
};
const expectation = (change: object) =>
  Case.shape.expect.parse({
    readings: [
      ["cpu_ratio", [1, 4]],
      ["size_bytes", 0.3, { disk: "a", pool: "p" }],
      ["up", 1],
    ],
    partial: ["permission"],
    inventory: { facts: { version: "1" }, lists: { disks: [{ disk: "a", size: 3 }] } },
    ...change,
  });

test("the same readings in any order, near in value, are the same", () => {
  expect(judgeCase(plugin, expectation({}), got)).toEqual([]);
  expect(judgeCase(plugin, expectation({ inventory: undefined }), got)).toEqual([]);
});

test("a run written as an expectation is met by itself", () => {
  expect(judgeCase(plugin, Case.shape.expect.parse(expectationOf(got)), got)).toEqual([]);
});

test.each<[string, object, string[]]>([
  [
    "another value",
    {
      readings: [
        ["up", 0],
        ["cpu_ratio", [1, 4]],
        ["size_bytes", 0.3, { disk: "a", pool: "p" }],
      ],
    },
    ["~ up expected 0, got 1"],
  ],
  [
    "what is missing and what is too much",
    {
      readings: [
        ["up", 1],
        ["cpu_ratio", [1, 4]],
        ["size_bytes", 0.3, { disk: "b", pool: "p" }],
      ],
    },
    [
      '+ size_bytes{"disk":"a","pool":"p"} 0.30000000000000004 was reported, but is not expected',
      '- size_bytes{"disk":"b","pool":"p"} 0.3 is expected, but was not reported',
    ],
  ],
  ["a failure that did not come", { failure: { reason: "auth" } }, ["it should have failed with auth, but did not."]],
  ["parts that were not said", { partial: [] }, ["partial: expected none, got permission (no sudo)"]],
  [
    "one word of the inventory",
    { inventory: { facts: { version: "2" }, lists: { disks: [{ disk: "a", size: 3 }] } } },
    ['inventory.facts.version: expected "2", got "1"'],
  ],
])("tells %s", (_, change, lines) => {
  expect(judgeCase(plugin, expectation(change), got)).toEqual(lines);
});

test("tells a failure that nobody expected, or of another reason", () => {
  const failed = { ...got, readings: [], failure: { reason: "dns" as const, message: "no name" } };
  const rest = { readings: [], inventory: undefined };
  expect(judgeCase(plugin, expectation(rest), failed)).toEqual(["it failed: dns: no name"]);
  expect(judgeCase(plugin, expectation({ ...rest, failure: { reason: "auth" } }), failed)).toEqual([
    "failure: expected auth, got dns: no name",
  ]);
});

test("tells a reading that the plugin did not declare, or not with these labels", () => {
  const odd: Collected = {
    ...got,
    readings: [
      { metric: "odd", value: 1, labels: {} },
      { metric: "up", value: 1, labels: { a: "b" } },
    ],
  };
  const expected = expectation({
    readings: [
      ["odd", 1],
      ["up", 1, { a: "b" }],
    ],
  });
  expect(judgeCase(plugin, expected, odd)).toEqual([
    "undeclared or absurd: odd is not declared by the plugin.",
    "undeclared or absurd: up (a=b) has the labels a instead of none.",
  ]);
});
