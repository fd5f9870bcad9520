import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OverrideDraft } from "./shapes/override";
import { RuleDraft } from "./shapes/rule";
import { filled, matcher, text } from "./test-yaml-text";
import { parseAlerts, printAlerts } from "./yaml";

const seconds = fc.integer({ min: 1, max: 366 * 86_400 });
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
);
const take = fc.oneof(
  fc.constant({ kind: "last" }),
  fc.record({ kind: fc.constantFrom("avg", "p95", "increase", "forecast"), seconds }),
  fc.record({ kind: fc.constantFrom("ratio", "score"), days: fc.integer({ min: 2, max: 28 }) }),
);
const part = fc.oneof(
  fc.record(
    {
      kind: fc.constant("value"),
      metric: filled,
      where: fc.array(matcher, { maxLength: 3 }),
      take,
      is: fc.constantFrom("above", "below", "equal", "unequal"),
      limit: fc.oneof(number, fc.record({ metric: filled, times: number })),
    },
    { requiredKeys: ["kind", "metric", "is", "limit"] },
  ),
  fc.tuple(number, number).map(([one, other]) => ({
    kind: "value",
    metric: "m",
    is: "outside",
    limit: Math.min(one, other),
    upper: Math.max(one, other),
  })),
  fc.record({ kind: fc.constant("absent"), metric: filled, where: fc.array(matcher, { maxLength: 2 }), seconds }),
  fc.record({ kind: fc.constant("failing"), runs: fc.integer({ min: 1, max: 1_000 }) }),
);
const id = fc.uuid();
const NOBODY_TOLD = { channels: [], routes: undefined, silences: [] };
const rule = fc
  .record(
    {
      name: filled,
      scope: fc.oneof(fc.constant({ kind: "all" }), fc.record({ kind: fc.constant("tag"), tag: filled })),
      parts: fc.array(part, { minLength: 1, maxLength: 4 }),
      severity: fc.constantFrom("info", "warning", "critical"),
      summary: filled,
      enabled: fc.boolean(),
      join: fc.constantFrom("all", "any"),
      forSeconds: seconds,
      keepFiringSeconds: seconds,
      whenGone: fc.constantFrom("resolve", "keep", "fire"),
      note: fc.oneof(
        text,
        fc.array(text, { maxLength: 5 }).map((lines) => lines.join("\n")),
      ),
      labels: fc.dictionary(
        filled.filter((one) => one !== "__proto__"),
        text,
        { maxKeys: 3 },
      ),
      channels: fc.array(filled, { maxLength: 3 }),
    },
    { requiredKeys: ["name", "scope", "parts", "severity", "summary"] },
  )
  .map((draft) => RuleDraft.parse(draft));
const override = fc
  .record({
    rule: fc.oneof(fc.constant(null), filled),
    scope: fc.oneof(
      fc.record({ kind: fc.constant("host"), host: filled }),
      fc.record({
        kind: fc.constant("item"),
        instance: filled,
        where: fc.array(matcher, { minLength: 1, maxLength: 2 }),
      }),
    ),
    set: fc.record({ enabled: fc.boolean(), limit: number, severity: fc.constant("info") }, { requiredKeys: [] }),
    note: text,
  })
  .map((draft) => OverrideDraft.parse(draft));

test("what was written is read as it was", () => {
  const rules = fc.uniqueArray(fc.tuple(id, rule), { selector: ([one]) => one, maxLength: 4 });
  const overrides = fc.uniqueArray(fc.tuple(id, override), { selector: ([one]) => one, maxLength: 4 });
  fc.assert(
    fc.property(rules, overrides, (ruleList, overrideList) => {
      const given = {
        rules: ruleList.map(([one, draft]) => ({ ...draft, id: one })),
        overrides: overrideList.map(([one, draft]) => ({ ...draft, id: one })),
      };
      const printed = printAlerts({
        rules: given.rules.map((one) => ({ ...one, origin: "person" as const })),
        overrides: given.overrides,
        ...NOBODY_TOLD,
      });
      expect(parseAlerts(printed).file).toEqual({ ...given, channels: [], silences: [] });
    }),
    { numRuns: 500 },
  );
}, 60_000);

test("what is as it is anyway is not written", () => {
  const draft = RuleDraft.parse({
    name: "Full",
    scope: { kind: "all" },
    parts: [{ kind: "value", metric: "used", where: [{ label: "mount", value: "/" }], is: "above", limit: 0.9 }],
    severity: "warning",
    summary: "{{mount}} is {{value}} full",
  });
  expect(
    printAlerts({ rules: [{ ...draft, id: "full", origin: "person" }], overrides: [], ...NOBODY_TOLD }),
  ).toBe(`version: 1
rules:
  - id: full
    name: Full
    scope:
      kind: all
    parts:
      - kind: value
        metric: used
        where:
          - label: mount
            value: /
        is: above
        limit: 0.9
    severity: warning
    summary: "{{mount}} is {{value}} full"
overrides: []
channels: []
silences: []
`);
});

const ONE = "{name: x, scope: {kind: all}, parts: [{kind: failing}], severity: info, summary: x";
describe("refuses, and says where", () => {
  test.each([
    ["version: 2", "`version: 1`"],
    ["just text", "no list of names"],
    ["version: 1\nchannel: []", 'Line 2: "channel"'],
    [`version: 1\nrules: [${ONE}, forSecond: 5}]`, 'rules, number 1, forSecond: "forSecond"'],
    [`version: 1\nrules: [${ONE}},\n {name: y}]`, "Line 3: rules, number 2, scope: It is missing."],
    [`version: 1\nrules: [${ONE}, id: a}, ${ONE}, id: a}]`, "the id a is there twice"],
    [`version: 1\nrules: [${ONE}, name: y}]`, '"name" is there twice'],
    ["version: 1\nrules: &a [1]\noverrides: *a", "its own parts"],
    ["version: 1\nrules: !!js/function 'x'", "rules"],
    ["version: 1\nrules: [", "not YAML"],
    ["version: 1\n\nrules: {a: b: c}", "Line 3: The file is not YAML"],
    ["version: 1\nrules: {}", '"rules" is no list'],
  ])("%s", (file, says) => {
    expect(() => parseAlerts(file)).toThrow(says);
  });

  test("bombs: many names, deep nesting, a megabyte, parts of itself", () => {
    const bombs = [
      `version: 1\n${Array.from({ length: 100_000 }, (_, index) => `a${index}:`).join("\n")}`,
      `version: 1\nrules: ${"[".repeat(200_000)}`,
      `version: 1\nrules:\n  ${"- ".repeat(200_000)}`,
      `version: 1\nrules:\n  ${"? ".repeat(200_000)}`,
      `version: 1\nnote: ${"a".repeat(1_100_000)}`,
      `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\nversion: 1`,
    ];
    for (const bomb of bombs) {
      const before = process.cpuUsage();
      expect(() => parseAlerts(bomb)).toThrow();
      expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
    }
  }, 60_000);
});
