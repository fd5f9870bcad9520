import { expect, test } from "vitest";
import type { Alert } from "../shapes/alert";
import { aimAt, FIRST_ROUTES, groupOf } from "./aim";
import { FACTS, HOUR, makeAlert, makeRoute, START } from "./test-lead";

const PLACES = ["mail", "phone", "off"].map((id) => ({ id, name: id, enabled: id !== "off" }));

const aims = (routes: readonly ReturnType<typeof makeRoute>[], more: Partial<Alert> = {}, now = START) =>
  aimAt(makeAlert("srv", START, more), FACTS, { routes, places: PLACES, now }).map(({ channelId, route, afterMs }) =>
    [channelId, route.id, ...(afterMs > 0 ? [afterMs] : [])].join(" "),
  );

test("without routes of one's own, what is more than information goes to every channel that is on", () => {
  expect(aims([...FIRST_ROUTES])).toEqual(["mail first", "phone first"]);
  expect(aims([...FIRST_ROUTES], { severity: "info" })).toEqual([]);
});

const MATCHES: readonly [string, Record<string, unknown>, boolean][] = [
  ["severity at least", { severity: "warning" }, true],
  ["severity below", { severity: "critical" }, false],
  ["its plugin", { plugins: ["disk", "docker"] }, true],
  ["another plugin", { plugins: ["docker"] }, false],
  ["its host", { hosts: ["nas"] }, true],
  ["another host", { hosts: ["pi"] }, false],
  ["a tag that it has", { tags: ["work", "home"] }, true],
  ["a tag that it has not", { tags: ["work"] }, false],
  ["a label of the series", { labels: [{ label: "mount", op: "like", value: "/s*" }] }, true],
  ["a label of the rule", { labels: [{ label: "team", value: "storage" }] }, true],
  ["another value of a label", { labels: [{ label: "mount", value: "/" }] }, false],
  ["all conditions together", { hosts: ["nas"], tags: ["work"] }, false],
  ["a time of day", { times: [{ from: "12:00", to: "13:00" }] }, true],
  ["another time of day", { times: [{ from: "13:00", to: "14:00" }] }, false],
  ["another weekday", { times: [{ weekdays: [6, 7] }] }, false],
];
test.each(MATCHES)("a route of %s", (_, match, fits) => {
  const found = aims([makeRoute({ match, channels: ["mail"] })], { ruleLabels: { team: "storage" } });
  expect(found).toEqual(fits ? ["mail r1"] : []);
});

test("the first route that fits is the last one looked at, unless it lets on", () => {
  const [one, two, three] = [
    makeRoute({ id: "one", channels: ["mail"], continue: true }),
    makeRoute({ id: "two", channels: ["phone"] }),
    makeRoute({ id: "three", channels: "all" }),
  ];
  expect(aims([one, two, three])).toEqual(["mail one", "phone two"]);
});

test("a channel is told once, by what tells it first", () => {
  const routes = [
    makeRoute({ id: "one", continue: true, channels: ["mail"], escalate: [{ afterMinutes: 60, channels: "all" }] }),
    makeRoute({ id: "two", channels: "all" }),
  ];
  expect(aims(routes)).toEqual(["mail one", "phone two"]);
  expect(aims(routes.slice(0, 1))).toEqual(["mail one", `phone one ${HOUR}`]);
});

test("the rule's own channels are told in any case, but not one that is off", () => {
  const more: Partial<Alert> = { channels: ["phone", "off"], severity: "info" };
  expect(aims([], more)).toEqual(["phone own"]);
  expect(aims([makeRoute({ digest: { at: "08:00" } })], more)).toEqual(["phone own"]);
});

test("a route that collects for a summary tells nobody at once, and ends the search", () => {
  expect(aims([makeRoute({ digest: { at: "08:00" } }), makeRoute({ id: "two" })])).toEqual([]);
});

test("alerts of one group share a key, others do not", () => {
  const [one, other] = [makeAlert("a", START), makeAlert("b", START)];
  const key = (alert: Alert, group: string, host = "nas") => groupOf(alert, { ...FACTS, host }, makeRoute({ group }));
  for (const group of ["host", "instance", "rule", "all"]) expect(key(one, group)).toBe(key(other, group));
  expect(key(one, "none")).not.toBe(key(other, "none"));
  expect(key(one, "host")).not.toBe(key(one, "host", "pi"));
  expect(key(one, "all")).toBe(key(one, "all", "pi"));
});
