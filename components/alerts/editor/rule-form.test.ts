import { expect, test } from "vitest";
import { testRule } from "../rules/test-rule";
import { NEW_PART, NEW_RULE, readRuleForm, ruleFormOf, ruleFormOfAddress } from "./rule-form";
import { suggestRule } from "./suggest-rule";

const units = {
  disk_used_ratio: { unit: "ratio", ownUnit: "ratio", kind: "gauge" },
  disk_free_bytes: { unit: "bytes", ownUnit: "bytes", kind: "gauge" },
  net_bytes_total: { unit: "bytes_per_second", ownUnit: "bytes", kind: "counter" },
};
const SUGGESTED = { name: "Suggested", summary: "Said" };
const read = (part: Partial<typeof NEW_PART>, more: Partial<typeof NEW_RULE> = {}) =>
  readRuleForm(
    { ...NEW_RULE, parts: [{ ...NEW_PART, metric: "disk_used_ratio", ...part }], ...more },
    units,
    SUGGESTED,
  );

test("a limit is typed in the metric's own unit and stored in base units", () => {
  expect(read({ limit: "90 %" }).draft?.parts).toMatchObject([{ limit: 0.9, is: "above", take: { kind: "last" } }]);
  expect(read({ metric: "disk_free_bytes", is: "below", limit: "5 GiB" }).draft?.parts).toMatchObject([
    { limit: 5 * 1_024 ** 3 },
  ]);
  // What a counter counted in a window is in its own unit.
  expect(
    read({ metric: "net_bytes_total", take: "increase", window: "1 h", limit: "1 GiB" }).draft?.parts,
  ).toMatchObject([{ limit: 1_024 ** 3, take: { kind: "increase", seconds: 3_600 } }]);
});

test("yes or no is above or below a half, also after it was opened and saved", () => {
  const bool = { up: { unit: "bool", ownUnit: "bool", kind: "gauge" } };
  for (const is of ["above", "below"] as const) {
    const rule = testRule({
      parts: [{ kind: "value", metric: "up", where: [], take: { kind: "last" }, is, limit: 0.5 }],
    });
    expect(readRuleForm(ruleFormOf(rule, bool), bool, SUGGESTED).draft?.parts).toEqual(rule.parts);
  }
});

test("name and summary are suggested where they are left empty", () => {
  expect(read({ limit: "90" }).draft).toMatchObject({ name: "Suggested", summary: "Said", forSeconds: 300 });
  expect(read({ limit: "90" }, { name: " Full ", summary: "{{value}}" }).draft).toMatchObject({
    name: "Full",
    summary: "{{value}}",
  });
});

test.each([
  [{ limit: "" }, "parts.0.limit"],
  [{ limit: "much" }, "parts.0.limit"],
  [{ limit: "90", clear: "95" }, "parts.0.clear"],
  [{ is: "below" as const, limit: "10", clear: "5" }, "parts.0.clear"],
  [{ is: "outside" as const, limit: "30", upper: "20" }, "parts.0.upper"],
  [{ metric: "", limit: "1" }, "parts.0.metric"],
  [{ limit: "1", take: "avg" as const, window: "soon" }, "parts.0.window"],
  [{ limit: "1", take: "score" as const, days: "90" }, "parts.0.days"],
  [{ against: "metric" as const }, "parts.0.limitMetric"],
  [{ kind: "absent" as const, silent: "" }, "parts.0.silent"],
  [{ kind: "failing" as const, runs: "0" }, "parts.0.runs"],
  [{ limit: "1", where: [{ label: "", op: "is" as const, value: "x" }] }, "parts.0.where"],
])("%j is told at %s", (part, field) => {
  const { problems, draft, watched } = read(part);
  expect(Object.keys(problems)).toEqual([field]);
  expect(draft).toBeNull();
  expect(watched).toBeNull();
});

test("what does not concern the conditions does not stand in the way of looking at them", () => {
  const { problems, draft, watched } = read({ limit: "90" }, { runbook: "somewhere", forSeconds: "3 years" });
  expect(Object.keys(problems)).toEqual(["forSeconds", "runbook"]);
  expect(draft).toBeNull();
  expect(watched?.parts).toHaveLength(1);
  expect(read({ limit: "90" }, { scope: "host" }).problems).toEqual({ scopeOf: "Choose one." });
});

test("a rule comes back from its form as it was", () => {
  const value = { kind: "value", metric: "disk_used_ratio", is: "above" } as const;
  const rule = testRule({
    scope: { kind: "host", host: "nas" },
    parts: [
      {
        ...value,
        where: [{ label: "mount", op: "like", value: "/srv/*" }],
        take: { kind: "last" },
        limit: 0.9,
        clear: 0.855,
      },
      { ...value, where: [], take: { kind: "forecast", seconds: 86_400 }, is: "below", limit: 0.1 },
      { ...value, where: [], take: { kind: "ratio", days: 14 }, limit: 2 },
      { ...value, where: [], take: { kind: "p95", seconds: 90 }, is: "outside", limit: 0.1, upper: 0.2 },
      { ...value, where: [], take: { kind: "last" }, limit: { metric: "disk_free_bytes", times: 0.9 } },
      { kind: "absent", metric: "disk_used_ratio", where: [], seconds: 600 },
      { kind: "failing", runs: 3 },
    ],
    join: "any",
    forSeconds: 5_400,
    keepFiringSeconds: 0,
    runbook: "https://wiki/disk",
    labels: { team: "storage" },
    channels: ["c1"],
  });
  const { id: _, origin: __, ...draft } = rule;
  expect(readRuleForm(ruleFormOf(rule, units), units, SUGGESTED)).toMatchObject({ problems: {}, draft });
});

test("a chart's menu fills the form in", () => {
  const form = ruleFormOfAddress(new URLSearchParams("instance=i1&metric=disk_used_ratio&label.mount=/srv&label.=x"));
  expect(form).toMatchObject({
    scope: "instance",
    scopeOf: "i1",
    parts: [{ metric: "disk_used_ratio", where: [{ label: "mount", op: "is", value: "/srv" }] }],
  });
  expect(ruleFormOfAddress([])).toEqual(NEW_RULE);
});

test("a suggestion says what the conditions are, and names the item by its first label", () => {
  const form = { ...NEW_RULE, parts: [{ ...NEW_PART, metric: "disk_used_ratio", limit: "90" }] };
  const metric = { metric: "disk_used_ratio", labels: ["mount", "device"] } as Parameters<
    typeof suggestRule
  >[2][number];
  expect(suggestRule(form, units, [metric])).toEqual({
    name: "Disk used above 90%",
    summary: "{{instance}} {{mount}}: disk used is {{value}}",
  });
  expect(suggestRule(NEW_RULE, units, [])).toEqual({ name: "New rule", summary: "{{instance}} needs a look" });
});

test("own channels and labels go through the form as they are", () => {
  const form = ruleFormOf(testRule({ channels: ["c1"], labels: { team: "infra" } }), units);
  expect(form.labels).toEqual([{ label: "team", value: "infra" }]);
  expect(readRuleForm(form, units, SUGGESTED).draft).toMatchObject({ channels: ["c1"], labels: { team: "infra" } });
});

test.each([
  [[{ label: "", value: "" }], {}, undefined],
  [[{ label: " team ", value: " a b " }], { team: "a b" }, undefined],
  [[{ label: "", value: "x" }], {}, "Give each label a name."],
  [
    [
      { label: "team", value: "a" },
      { label: "team ", value: "b" },
    ],
    {},
    "Each label is there once.",
  ],
])("labels %j", (labels, draft, problem) => {
  const found = read({ limit: "90" }, { labels });
  expect(found.problems.labels).toBe(problem);
  if (problem === undefined) expect(found.draft?.labels).toEqual(draft);
  else expect(found.draft).toBeNull();
});
