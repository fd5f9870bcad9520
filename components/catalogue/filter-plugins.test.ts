import { expect, test } from "vitest";
import { filterPlugins, parsePluginFilters } from "./filter-plugins";
import { testPlugin } from "./test-plugin";

const states = { failing: 0, degraded: 0, healthy: 0, unknown: 0, paused: 0 };
const entries = [
  testPlugin({ id: "disk", kind: "host", instances: 1, states: { ...states, healthy: 1 } }),
  testPlugin({ id: "redis", instances: 2, states: { ...states, healthy: 1, failing: 1 } }),
  testPlugin({ id: "dns", instances: 1, states: { ...states, paused: 1 } }),
  testPlugin({ id: "ups" }),
];

test.each([
  ["", ["disk", "redis", "dns", "ups"]],
  ["kind=host", ["disk"]],
  ["use=used", ["disk", "redis", "dns"]],
  ["use=unused", ["ups"]],
  ["use=wrong", ["redis"]],
  ["use=used&kind=network", ["redis", "dns"]],
  ["use=nonsense&kind=42", ["disk", "redis", "dns", "ups"]],
])("%j leaves %j", (query, ids) => {
  const filters = parsePluginFilters(new URLSearchParams(query));
  expect(filterPlugins(entries, filters).map(({ id }) => id)).toEqual(ids);
});
