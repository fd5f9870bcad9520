import { expect, test } from "vitest";
import { openAlert } from "@/components/alerts/test-open-alert";
import { joinAlerts } from "./alert-concerns";
import { findConcerns, samplesOf } from "./concerns";
import { aFigure, anInstance, anOverview, latest, NOW } from "./test-overview";

const status = { health: "failing", reason: "timeout", message: "db did not answer", hint: "Is it up?" } as const;
const instances = [
  anInstance("i1", { figures: [aFigure({ spark: new Array<number>(60).fill(0.95) })] }),
  anInstance("db", { status }),
  anInstance("half", { status: { health: "degraded", reason: "partial" } }),
];
const overview = anOverview({ instances, latest: latest([1, 0.95]) });
const found = findConcerns(overview, samplesOf(overview));
const acknowledged = { by: "x", at: NOW, note: "", until: "over", value: null } as const;
const join = (...open: Parameters<typeof joinAlerts>[0]) => {
  const { concerns, quiet } = joinAlerts(open, found, instances, NOW);
  return { keys: concerns.map(({ key }) => key), quiet };
};
const failing = { ruleId: "unity/failing", ruleName: "Cannot be asked", metric: null };

test("without alerts all stays", () => {
  expect(join()).toEqual({ keys: ["i1:Fullest", "db", "half"], quiet: 0 });
});

test("what fires comes first, and what it speaks of is not said twice", () => {
  expect(join(openAlert({ id: "a" }), openAlert({ id: "b", instanceId: "db", ...failing }))).toEqual({
    keys: ["alert:a", "alert:b", "half"],
    quiet: 0,
  });
});

test("what somebody has taken note of is counted, and not said in other words", () => {
  expect(join(openAlert({ acknowledged }))).toEqual({ keys: ["db", "half"], quiet: 1 });
});

test("an alert of an instance that can only partly be read leaves that to be said", () => {
  expect(join(openAlert({ id: "a", instanceId: "half" })).keys).toContain("half");
});

test("what cannot be asked says why, and its alert is what the row leads to", () => {
  const { concerns } = joinAlerts([openAlert({ id: "b", instanceId: "db", ...failing })], found, instances, NOW);
  expect(concerns[0]).toMatchObject({
    href: "/alerts/b",
    title: "db",
    points: [{ tone: "bad", what: "Cannot be asked", why: "db did not answer", hint: "Is it up?" }],
  });
});

test("a pending alert is none of it", () => {
  expect(join(openAlert({ phase: "pending", firedAt: null })).keys[0]).not.toMatch(/^alert/);
});
