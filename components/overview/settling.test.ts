import { expect, test } from "vitest";
import { isSettling, rereadMs } from "./settling";
import { aFigure, anInstance, anOverview, NOW } from "./test-overview";

const empty = [aFigure({ series: [] })];

test("an instance that was added settles until its figures have series", () => {
  const unread = anInstance("a", { status: { health: "unknown", lastRunAt: null } });
  const read = anInstance("a", { figures: empty, status: { since: NOW - 10_000 } });
  const full = anInstance("a", { figures: [aFigure()], status: { since: NOW - 10_000 } });
  expect([unread, read, full].map((instance) => isSettling(instance, NOW))).toEqual([true, true, false]);
});

test("a figure that never comes, a failing and a paused instance do not keep the page busy", () => {
  const old = anInstance("a", { figures: empty, status: { since: NOW - 36_000 } });
  const failing = anInstance("a", { figures: empty, status: { health: "failing", since: NOW } });
  const paused = anInstance("a", { enabled: false, status: { health: "unknown" } });
  const instances = [old, failing, paused];
  expect(instances.map((instance) => isSettling(instance, NOW))).toEqual([false, false, false]);
  expect(rereadMs(anOverview({ instances }))).toBe(60_000);
});

test("while one settles the page is read every few seconds", () => {
  expect(rereadMs(anOverview({ instances: [anInstance("a", { status: { health: "unknown" } })] }))).toBe(4_000);
  expect(rereadMs(undefined)).toBe(60_000);
});
