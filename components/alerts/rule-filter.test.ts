import { expect, test } from "vitest";
import type { RuleRow } from "./group-rules";
import { filterRules, NO_FILTER, parseRuleFilter, ruleFilterParams } from "./rule-filter";

const row = (key: string, more: Partial<RuleRow>): RuleRow => ({
  key,
  severity: "warning",
  plugin: "disk",
  pluginName: "Disk",
  words: "Disk used above 80% for 10 min",
  summary: "[mount] on nas is [value] full.",
  watches: [{ id: "1", title: "nas" }],
  ...more,
});
const rows = [
  row("full", {}),
  row("critical", { severity: "critical", words: "Disk used above 90% for 10 min" }),
  row("down", {
    plugin: "network",
    pluginName: "Network",
    words: "Network interface lost is yes",
    severity: "critical",
  }),
];
const keys = (filter: Partial<typeof NO_FILTER>) =>
  filterRules(rows, { ...NO_FILTER, ...filter }).map(({ key }) => key);

test("without a filter all rules are there", () => {
  expect(keys({})).toEqual(["full", "critical", "down"]);
});

test.each([
  [{ severity: "critical" as const }, ["critical", "down"]],
  [{ plugin: "disk", severity: "critical" as const }, ["critical"]],
  [{ text: "used 90" }, ["critical"]],
  [{ text: "NAS network" }, ["down"]],
  [{ text: "nothing like it" }, []],
])("%j leaves %j", (filter, left) => {
  expect(keys(filter)).toEqual(left);
});

test("a filter comes back from its own address, and leaves the rest of it alone", () => {
  const filter = { severity: "critical", plugin: "disk", text: "a b" } as const;
  const params = ruleFilterParams(filter, new URLSearchParams("other=1&severity=info"));
  expect(parseRuleFilter(params)).toEqual(filter);
  expect(params.get("other")).toBe("1");
  expect(ruleFilterParams(NO_FILTER, params).toString()).toBe("other=1");
});

test("what an address cannot mean is no filter", () => {
  expect(parseRuleFilter(new URLSearchParams("severity=loud"))).toEqual(NO_FILTER);
});
