import { expect, test } from "vitest";
import type { EffectiveRule, OverrideView } from "@/components/data/outputs";
import { testRule } from "../rules/test-rule";
import { changeWords, effectiveValues } from "./effective-values";

const units = { disk_used_ratio: { unit: "ratio", ownUnit: "ratio", kind: "gauge" } };
const HOST: OverrideView = {
  id: "o1",
  rule: "r1",
  scope: { kind: "host", host: "nas" },
  set: { limit: 0.95, severity: "critical" },
  note: "",
};
const channelOf = (id: string) => `channel ${id}`;
const own = testRule({ forSeconds: 600 });
const shown = (effective: EffectiveRule) =>
  effectiveValues(effective, { units, overrides: [HOST], nameOf: (id) => id, channelOf }).map(
    ({ field, text, own: before, from }) => [field, text, before, from],
  );

test("every value says what it is, what the rule has, and who changed it", () => {
  const rule = { ...own, severity: "critical" as const, parts: [{ ...own.parts[0], limit: 0.95 }] as typeof own.parts };
  const source = { kind: "host", override: "o1" };
  expect(shown({ rule, own, sources: { limit: source, severity: source } })).toEqual([
    ["enabled", "on", "on", null],
    ["limit", "95%", "90%", "host nas"],
    ["forSeconds", "10 min", "10 min", null],
    ["keepFiringSeconds", "no longer", "no longer", null],
    ["severity", "Critical", "Warning", "host nas"],
  ]);
});

test("own channels are shown where there are some, or were", () => {
  const sources = { channels: { kind: "host", override: "o1" } };
  const last = (effective: EffectiveRule) => shown(effective).at(-1);
  expect(last({ rule: { ...own, channels: ["b"] }, own, sources })).toEqual([
    "channels",
    "channel b",
    "by the routes",
    "host nas",
  ]);
  expect(last({ rule: own, own: { ...own, channels: ["b"] }, sources })).toEqual([
    "channels",
    "by the routes",
    "channel b",
    "host nas",
  ]);
});

test("a rule without a limit has none to show, and ignored is said", () => {
  const failing = testRule({ parts: [{ kind: "failing", runs: 3 }], enabled: false });
  expect(shown({ rule: failing, own: failing, sources: {} }).map(([field, text]) => `${field} ${text}`)).toEqual([
    "enabled ignored",
    "forSeconds at once",
    "keepFiringSeconds no longer",
    "severity Warning",
  ]);
});

test("an override is told by what it changes", () => {
  expect(changeWords(HOST, { unit: "ratio", channelOf })).toEqual(["limit 95%", "critical"]);
  expect(changeWords({ ...HOST, set: { enabled: false } }, { unit: "ratio", channelOf })).toEqual(["ignored"]);
  const set = { forSeconds: 0, clear: 0.5, channels: ["a"] };
  expect(changeWords({ ...HOST, set }, { unit: "ratio", channelOf })).toEqual([
    "over at 50%",
    "at once",
    "tells channel a",
  ]);
});
