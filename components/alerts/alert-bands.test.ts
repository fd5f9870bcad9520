import { expect, test } from "vitest";
import { alertBands, bandsOf } from "./alert-bands";

const about = {
  severity: "critical",
  ruleName: "Disk full",
  metric: "disk_used_ratio",
  labels: { mount: "/" },
} as const;
const event = (alertId: string, at: number, what: "firing" | "resolved") => ({ alertId, at, event: what, ...about });
const open = (id: string, firedAt: number | null) => ({ id, firedAt, ...about });
const stretches = (...given: Parameters<typeof alertBands>) => alertBands(...given).map(({ from, to }) => [from, to]);

test.each([
  ["one that began and ended", [event("a", 20, "firing"), event("a", 30, "resolved")], [], [[20, 30]]],
  ["newest first or not", [event("a", 30, "resolved"), event("a", 20, "firing")], [], [[20, 30]]],
  ["one that fired before", [event("a", 30, "resolved")], [], [[10, 30]]],
  ["one that fires still", [event("a", 20, "firing")], [open("a", 20)], [[20, null]]],
  ["one that fires since before", [], [open("a", 5)], [[5, null]]],
  ["one that is pending", [], [open("a", null)], []],
  ["one whose end nobody knows", [event("a", 20, "firing")], [], []],
])("%s", (_, events, standing, bands) => {
  expect(stretches(events, standing, 10)).toEqual(bands);
});

test("a band is behind the charts of its metric, unless they leave its series out; one without a metric is behind all", () => {
  const [band] = alertBands([], [open("a", 5)], 10);
  if (!band) throw new Error("There is no band.");
  const behind = (metrics: string[], where = {}) => bandsOf([band], { metrics, where }).length === 1;
  expect(behind(["disk_used_ratio", "other"])).toBe(true);
  expect(behind(["disk_used_ratio"], { mount: "/" })).toBe(true);
  expect(behind(["disk_used_ratio"], { mount: "/srv" })).toBe(false);
  expect(behind(["disk_used_ratio"], { other: "x" })).toBe(true);
  expect(behind(["other"])).toBe(false);
  expect(bandsOf([{ ...band, metric: null }], { metrics: ["other"], where: {} })).toHaveLength(1);
});
