import { expect, test } from "vitest";
import { filterInstances, filterOptions, filterParams, isFiltering, NO_FILTERS, parseFilters } from "./filters";

const instance = (name: string, rest: Record<string, unknown> = {}) => ({
  name,
  host: "nas",
  target: "",
  plugin: "postgres",
  pluginName: "PostgreSQL",
  category: "database" as const,
  tags: ["prod"],
  enabled: true,
  maintenance: null,
  status: {
    instanceId: name,
    health: "healthy" as const,
    since: 0,
    lastRunAt: null,
    lastSuccessAt: null,
    reason: null,
    message: null,
    hint: null,
    consecutiveErrors: 0,
  },
  ...rest,
});
const all = [
  instance("Books"),
  instance("Shop", {
    host: "pi4",
    tags: [],
    category: "application",
    pluginName: "Web service",
    plugin: "web-service",
  }),
  instance("Old", { enabled: false, tags: ["attic"] }),
];
const names = (filters: Partial<typeof NO_FILTERS>) =>
  filterInstances(all, { ...NO_FILTERS, ...filters }).map(({ name }) => name);

test.each<[Partial<typeof NO_FILTERS>, string[]]>([
  [{}, ["Books", "Shop", "Old"]],
  [{ host: "pi4" }, ["Shop"]],
  [{ tag: "prod" }, ["Books"]],
  [{ category: "database" }, ["Books", "Old"]],
  [{ state: "paused" }, ["Old"]],
  [{ state: "healthy", category: "database" }, ["Books"]],
  [{ text: "post NAS" }, ["Books", "Old"]],
  [{ text: "  attic " }, ["Old"]],
  [{ text: "nothing like it" }, []],
])("%o leaves %o", (filters, left) => {
  expect(names(filters)).toEqual(left);
});

test("filters go to the URL and back, beside what else it says", () => {
  const filters = { text: "a&b = <c>", host: "nas ü", tag: "x,y", category: "storage", state: "failing" } as const;
  const params = filterParams(filters, new URLSearchParams("range=6h&q=before"));
  expect(params.get("range")).toBe("6h");
  expect(parseFilters(new URLSearchParams(params.toString()))).toEqual(filters);
  expect(filterParams(NO_FILTERS, params).toString()).toBe("range=6h");
});

test("a state that there is not, and a text without end, come to nothing bad", () => {
  const filters = parseFilters(new URLSearchParams(`state=broken&q=${"x".repeat(5_000)}`));
  expect(filters.state).toBe("");
  expect(filters.text).toHaveLength(200);
  expect([isFiltering(NO_FILTERS), isFiltering(filters)]).toEqual([false, true]);
});

test("offers what there is, and keeps a choice that nothing has any more", () => {
  const options = filterOptions(all, { ...NO_FILTERS, host: "gone" });
  expect(options.hosts).toEqual(["gone", "nas", "pi4"]);
  expect(options.tags).toEqual(["attic", "prod"]);
  expect(options.states).toEqual(["healthy", "paused"]);
});
