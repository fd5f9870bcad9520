import { expect, test } from "vitest";
import { testRule } from "../rules/test-rule";
import { overrideFormOf, readOverrideForm } from "./override-form";

const rule = testRule();
const read = (change: Partial<ReturnType<typeof overrideFormOf>>) =>
  readOverrideForm(
    { ...overrideFormOf({ kind: "host", host: "nas" }, {}, { unit: "ratio", note: "" }), ...change },
    { rule, unit: "ratio" },
  );

test("what is typed is stored in base units, and what is left empty is inherited", () => {
  expect(read({ limit: "95 %", forSeconds: "10 min", note: " slow disk " })).toEqual({
    ok: true,
    override: {
      rule: "r1",
      scope: { kind: "host", host: "nas" },
      set: { limit: 0.95, forSeconds: 600 },
      note: "slow disk",
    },
  });
});

test("what is stored comes back as it was", () => {
  const scope = { kind: "item", instance: "i1", where: [{ label: "mount", op: "is", value: "/srv" }] } as const;
  const set = { enabled: false, limit: 0.955, clear: 0.5, keepFiringSeconds: 90, severity: "info" } as const;
  const channels = ["c1"];
  const form = overrideFormOf(
    { ...scope, where: [...scope.where] },
    { ...set, channels },
    { unit: "ratio", note: "n" },
  );
  expect(readOverrideForm(form, { rule, unit: "ratio" })).toEqual({
    ok: true,
    override: { rule: "r1", scope, set: { ...set, channels }, note: "n" },
  });
});

test("own channels are inherited, others, or none", () => {
  const set = (channels: readonly string[] | null) => {
    const found = read({ channels, limit: "95 %" });
    return found.ok ? found.override.set : found.problems;
  };
  expect(set(null)).toEqual({ limit: 0.95 });
  expect(set(["c2"])).toEqual({ limit: 0.95, channels: ["c2"] });
  expect(read({ channels: [] })).toMatchObject({ ok: true, override: { set: { channels: [] } } });
});

test.each([
  [{}, { set: "Change at least one value, or ignore it here." }],
  [{ limit: "lots" }, { limit: "This is no amount of this unit." }],
  [{ limit: "80", clear: "85" }, { clear: "It is over below the limit, not above it." }],
  [{ clear: "95" }, { clear: "It is over below the limit, not above it." }],
  [{ state: "off" as const, host: "" }, { host: "Choose one." }],
  [{ state: "off" as const, scope: "item" as const, instance: "i1" }, { where: "Choose one." }],
  [{ forSeconds: "2 years" }, { forSeconds: "Type a time of at most a year." }],
])("%j is told at its field", (change, problems) => {
  const found = read(change);
  expect(found.ok ? {} : found.problems).toMatchObject(problems);
});
