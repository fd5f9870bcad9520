import { expect, test } from "vitest";
import { groupAlerts, nextMorning, standOf } from "./standing-alert";

const NOW = new Date(2026, 10, 26, 3, 10).getTime();
const acknowledged = { by: "somebody", at: NOW, note: "", until: "over" as const, value: 1 };
const firing = { phase: "firing" as const, acknowledged: null, snoozedUntil: null, mutedBy: null };
const mutedBy = { kind: "silence" as const, id: "s", name: "Backup", until: null };

test.each([
  [firing, "loud"],
  [{ ...firing, acknowledged }, "quiet"],
  [{ ...firing, snoozedUntil: NOW + 1 }, "quiet"],
  [{ ...firing, snoozedUntil: NOW }, "loud"],
  [{ ...firing, mutedBy }, "quiet"],
  [{ ...firing, phase: "pending" as const, acknowledged }, "pending"],
])("%j stands among the %s", (alert, stand) => {
  expect(standOf(alert, NOW)).toBe(stand);
});

test("groups keep the order", () => {
  const alerts = [
    { ...firing, id: 1 },
    { ...firing, id: 2, acknowledged },
    { ...firing, id: 3 },
  ];
  const groups = groupAlerts(alerts, NOW);
  expect(groups.loud.map(({ id }) => id)).toEqual([1, 3]);
  expect(groups.quiet.map(({ id }) => id)).toEqual([2]);
  expect(groups.pending).toEqual([]);
});

test.each([
  [3, 10, 26, "today"],
  [7, 45, 27, "tomorrow"],
  [8, 0, 27, "tomorrow"],
  [23, 59, 27, "tomorrow"],
])("at %i:%i morning is on the %i., %s", (hour, minute, date, day) => {
  const morning = nextMorning(new Date(2026, 10, 26, hour, minute).getTime());
  expect(morning).toEqual({ at: new Date(2026, 10, date, 8).getTime(), day });
});
