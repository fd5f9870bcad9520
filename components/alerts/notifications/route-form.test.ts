import { expect, test } from "vitest";
import { newRouteForm, readRouteForm, routeFormOf, shownRoute } from "./route-form";
import { makeRoute } from "./test-route";

const form = routeFormOf(makeRoute());
const problemsOf = (more: object) => readRouteForm({ ...form, ...more }, "Suggested").problems;

test("a route that is not changed is saved as it was", () => {
  const full = makeRoute({
    digest: { at: "07:30" },
    repeatHours: { critical: null, warning: 12 },
    escalate: [{ afterMinutes: 15, channels: "all" }],
  });
  const { id: _, ...draft } = full;
  expect(readRouteForm(routeFormOf(full), "Suggested").route).toEqual(draft);
});

test("a new one is right as it is, and takes the suggested name", () => {
  expect(readRouteForm(newRouteForm("UTC"), "Critical alerts").route).toMatchObject({
    name: "Critical alerts",
    channels: "all",
    match: { severity: "critical" },
    digest: null,
  });
});

test.each([
  [{ waitSeconds: null }, "waitSeconds"],
  [{ criticalWaitSeconds: Number.NaN }, "criticalWaitSeconds"],
  [{ updateMinutes: 1_441 }, "updateMinutes"],
  [{ repeatCritical: 0 }, "repeatHours.critical"],
  [{ escalate: [{ afterMinutes: 0, channels: "all" }] }, "escalate.0.afterMinutes"],
  [{ escalate: [{ afterMinutes: 5, channels: [] }] }, "escalate.0.channels"],
  [{ daily: true, digestAt: "" }, "digest.at"],
  [{ channels: [] }, "channels"],
  [{ match: { ...form.match, labels: [{ label: " ", op: "is", value: "x" }] } }, "match.labels.0.label"],
  [{ match: { ...form.match, times: [{ from: "08:00", to: "", weekdays: [] }] } }, "match.times.0.to"],
])("%j is wrong at %s", (more, place) => {
  expect(Object.keys(problemsOf(more))).toEqual([place]);
});

test("what a daily summary does not heed is not asked for, and who escalates needs no first channel", () => {
  expect(problemsOf({ daily: true, waitSeconds: null })).toEqual({});
  expect(problemsOf({ channels: [], escalate: [{ afterMinutes: 5, channels: "all" }] })).toEqual({});
});

test("a label without a name and a value is left out", () => {
  const labels = [{ label: "", op: "is" as const, value: "" }];
  const half = { ...form, match: { ...form.match, labels } };
  expect(readRouteForm(half, "Suggested").route?.match?.labels).toEqual([]);
  expect(shownRoute(half).match.labels).toEqual([]);
});

test("its sentence can be said while numbers are half typed", () => {
  const half = { ...form, waitSeconds: Number.NaN, repeatCritical: null, repeatWarning: 0 };
  expect(shownRoute(half)).toMatchObject({ waitSeconds: 0, repeatHours: { critical: null, warning: null } });
});
