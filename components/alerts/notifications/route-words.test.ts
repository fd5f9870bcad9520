import { expect, test } from "vitest";
import { channelWords, routeWords, timeWords } from "./route-words";
import { makeRoute } from "./test-route";

const NAMES: Readonly<Record<string, string>> = { phone: "Phone", mail: "Mail" };
const nameOf = (id: string) => NAMES[id];
const { match } = makeRoute();

test("a plain route says all in three sentences", () => {
  expect(routeWords(makeRoute(), nameOf)).toEqual({
    what: "Warnings and critical alerts",
    whom: "go to Phone",
    how: [
      "One message a host, after 30 s, critical after 5 s",
      "Repeated every 4 h while critical, every 24 h as a warning",
    ],
  });
});

test("every condition is said", () => {
  const route = makeRoute({
    match: {
      severity: "critical",
      plugins: ["disk", "docker"],
      hosts: ["nas"],
      tags: ["prod"],
      labels: [{ label: "mount", op: "like", value: "/srv/*" }],
      times: [{ from: "08:00", to: "18:00", weekdays: [5, 1, 2, 3, 4] }],
    },
  });
  expect(routeWords(route, nameOf).what).toBe(
    "Critical alerts of plugins disk or docker on nas tagged prod where mount is like /srv/*, weekdays 08:00–18:00 (Europe/Berlin)",
  );
});

test.each([
  [{ from: "22:00", to: "06:00", weekdays: [] }, "every day 22:00–06:00 the next day"],
  [{ from: "00:00", to: "00:00", weekdays: [6, 7] }, "weekends, all day"],
  [{ from: "08:00", to: "08:00", weekdays: [1] }, "Mondays from 08:00 for 24 h"],
  [{ from: "08:00", to: "12:00", weekdays: [7, 3] }, "Wednesdays and Sundays 08:00–12:00"],
])("times %j are %s", (times, words) => {
  expect(timeWords(times)).toBe(words);
});

test("escalation, continuing and a silent end are said; a summary needs none of the rest", () => {
  const route = makeRoute({
    channels: "all",
    group: "none",
    waitSeconds: 0,
    criticalWaitSeconds: 0,
    repeatHours: { critical: null, warning: null },
    escalate: [{ afterMinutes: 15, channels: ["phone", "mail"] }],
    resolved: false,
    continue: true,
  });
  expect(routeWords(route, nameOf)).toMatchObject({
    whom: "go to every channel",
    how: [
      "One message an alert, at once",
      "Not repeated",
      "That it is over is not told",
      "After 15 min without acknowledgement also Phone and Mail",
      "Routes below are looked at as well",
    ],
  });
  expect(routeWords({ ...route, digest: { at: "08:00" }, continue: false }, nameOf).how).toEqual([
    "Once a day at 08:00, as one summary",
  ]);
});

test.each([
  ["critical", { critical: 4, warning: 24 }, "Repeated every 4 h while it fires"],
  ["warning", { critical: 4, warning: 4 }, "Repeated every 4 h while it fires"],
  ["warning", { critical: null, warning: 24 }, "Repeated every 24 h while it fires, critical never"],
  ["warning", { critical: 4, warning: null }, "Repeated every 4 h while critical, never as a warning"],
] as const)("from %s on, repeated %j: %s", (severity, repeatHours, words) => {
  expect(routeWords(makeRoute({ match: { ...match, severity }, repeatHours }), nameOf).how[1]).toBe(words);
});

test("a channel that is gone is said to be", () => {
  expect(channelWords(["phone", "gone"], nameOf)).toBe("Phone and a removed channel");
  expect(routeWords(makeRoute({ channels: [] }), nameOf)).toMatchObject({ whom: "tell nobody", how: [] });
});
