import { expect, test } from "vitest";
import { groupByOrigin, itemsOf, NO_QUERY, parseRuleQuery, queryRules, ruleQueryParams } from "./rule-query";
import { testRule, testSummary } from "./test-rule";

const plugins = (id: string, more: object = {}) =>
  testSummary({ rule: testRule({ id, origin: "plugin", name: id, ...more }), plugin: "disk", pluginName: "Disk" });
const items = itemsOf(
  [
    plugins("disk/full"),
    { ...plugins("disk/worn", { severity: "critical" }), overrides: 2, off: 1 },
    testSummary({ rule: testRule({ id: "own", name: "Mine" }), firing: 1 }),
    testSummary({ rule: testRule({ id: "unity/failing", origin: "plugin", name: "Cannot be asked" }) }),
  ],
  [{ id: "1", rule: "disk/full", scope: { kind: "all" }, set: { enabled: false }, note: "" }],
);
const found = (query: Partial<typeof NO_QUERY>) =>
  queryRules(items, { ...NO_QUERY, ...query }).map(({ rule }) => rule.id);

test.each([
  [{}, ["disk/full", "disk/worn", "own", "unity/failing"]],
  [{ plugin: "disk" }, ["disk/full", "disk/worn"]],
  [{ severity: "critical" as const }, ["disk/worn"]],
  [{ use: "off" as const }, ["disk/full", "disk/worn"]],
  [{ use: "changed" as const }, ["disk/worn"]],
  [{ use: "firing" as const }, ["own"]],
  [{ use: "own" as const }, ["own"]],
  [{ text: "DISK worn" }, ["disk/worn"]],
  [{ text: "nothing like it" }, []],
])("%j leaves %j", (query, left) => {
  expect(found(query)).toEqual(left);
});

test("a query comes back from its own address, and leaves the rest of it alone", () => {
  const query = { text: "a b", plugin: "disk", severity: "info", use: "off" } as const;
  const params = ruleQueryParams(query, new URLSearchParams("other=1&use=firing"));
  expect(parseRuleQuery(params)).toEqual(query);
  expect(ruleQueryParams(NO_QUERY, params).toString()).toBe("other=1");
  expect(parseRuleQuery(new URLSearchParams("use=sold&severity=loud"))).toEqual(NO_QUERY);
});

test("people's rules come first, then what watches everything, then each plugin's, the worst on top", () => {
  expect(groupByOrigin(items).map(({ title, items: own }) => [title, own.map(({ rule }) => rule.id)])).toEqual([
    ["Your rules", ["own"]],
    ["Every instance", ["unity/failing"]],
    ["Disk", ["disk/worn", "disk/full"]],
  ]);
});
