import { expect, test } from "vitest";
import type { OverrideView } from "@/components/data/outputs";
import { isOn, switchRule } from "./rule-switch";
import { testRule, testSummary } from "./test-rule";

const subject = testSummary({ rule: testRule({ id: "disk/full", origin: "plugin" }), plugin: "disk" });
const override = (
  id: string,
  scope: OverrideView["scope"],
  set: OverrideView["set"],
  rule: string | null = "disk/full",
) => ({
  ...{ id, scope, set, rule },
  note: "",
});
const ALL = { kind: "all" } as const;
const DISK = { kind: "plugin", plugin: "disk" } as const;

test("a rule is on as its plugin has it, until it is switched off for everything or its plugin", () => {
  expect(isOn(subject, [])).toBe(true);
  expect(isOn(subject, [override("1", ALL, { enabled: false })])).toBe(false);
  expect(isOn(subject, [override("1", DISK, { enabled: false }), override("2", ALL, { enabled: true })])).toBe(false);
  expect(isOn(subject, [override("1", ALL, { enabled: false }, null)])).toBe(false);
  expect(isOn(subject, [override("1", { kind: "host", host: "nas" }, { enabled: false })])).toBe(true);
  expect(isOn(subject, [override("1", ALL, { enabled: false }, "disk/other")])).toBe(true);
});

test("off is an override for everything, and on again takes it away", () => {
  expect(switchRule(subject, [], false)).toEqual({
    kind: "create",
    override: { rule: "disk/full", scope: ALL, set: { enabled: false }, note: "" },
  });
  expect(switchRule(subject, [override("1", ALL, { enabled: false })], true)).toEqual({ kind: "remove", id: "1" });
  expect(switchRule(subject, [], true)).toBeNull();
});

test("what else an override says stays", () => {
  const limit = override("1", ALL, { limit: 0.95 });
  expect(switchRule(subject, [limit], false)).toMatchObject({
    kind: "update",
    id: "1",
    override: { set: { limit: 0.95, enabled: false } },
  });
  const off = override("1", ALL, { limit: 0.95, enabled: false });
  expect(switchRule(subject, [off], true)).toMatchObject({ kind: "update", override: { set: { limit: 0.95 } } });
});

test("where all rules are off, on must be said", () => {
  const all = override("1", ALL, { enabled: false }, null);
  expect(switchRule(subject, [all], true)).toMatchObject({ kind: "create", override: { set: { enabled: true } } });
});
