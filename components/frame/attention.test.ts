import { expect, test } from "vitest";
import { alarmOf, announcementOf } from "./attention";

test.each([
  [
    { critical: 0, warning: 0, info: 0 },
    { count: 0, worst: null },
  ],
  [
    { critical: 0, warning: 0, info: 2 },
    { count: 2, worst: "info" },
  ],
  [
    { critical: 0, warning: 3, info: 1 },
    { count: 4, worst: "warning" },
  ],
  [
    { critical: 1, warning: 3, info: 1 },
    { count: 5, worst: "critical" },
  ],
])("%j is %j", (attention, alarm) => {
  expect(alarmOf(attention)).toEqual(alarm);
});

const newest = (id: string, firedAt: number, instanceName: string | null = "nas") => ({
  id,
  ruleName: "Disk full",
  instanceName,
  firedAt,
});

test("another critical alert is announced, once", () => {
  expect(announcementOf(null, newest("a", 1))).toBe("Critical: Disk full, nas");
  expect(announcementOf(newest("a", 1), newest("b", 2, null))).toBe("Critical: Disk full");
  expect(announcementOf(newest("b", 2), newest("b", 2))).toBeNull();
});

test("when the newest is over or acknowledged, the one before it is no news", () => {
  expect(announcementOf(newest("b", 2), newest("a", 1))).toBeNull();
  expect(announcementOf(newest("b", 2), null)).toBeNull();
});
