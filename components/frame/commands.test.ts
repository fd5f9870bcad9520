import { expect, test } from "vitest";
import { openAlert } from "@/components/alerts/test-open-alert";
import type { CatalogueEntry, InstanceSummary } from "@/components/data/outputs";
import { findCommands, listCommands } from "./commands";

const instance = (id: string, name: string, more: Partial<InstanceSummary> = {}): InstanceSummary => ({
  id,
  plugin: "postgres",
  pluginName: "PostgreSQL",
  category: "database",
  name,
  host: "nas",
  target: "",
  enabled: true,
  intervalSeconds: 30,
  tags: [],
  maintenance: null,
  status: {
    instanceId: id,
    health: "healthy",
    since: 0,
    lastRunAt: null,
    lastSuccessAt: null,
    reason: null,
    message: null,
    hint: null,
    consecutiveErrors: 0,
  },
  ...more,
});
const plugin = (id: string, name: string, broken: string | null = null): CatalogueEntry => ({
  id,
  name,
  summary: "",
  category: "database",
  tier: 1,
  kind: "network",
  needs: [],
  instances: 0,
  states: { failing: 0, degraded: 0, healthy: 0, unknown: 0, paused: 0 },
  broken,
});
type Me = NonNullable<Parameters<typeof listCommands>[0]["me"]>;
const known = {
  instances: [instance("1", "Nextcloud database"), instance("2", "nas", { plugin: "disk", pluginName: "Disk" })],
  catalogue: [plugin("postgres", "PostgreSQL"), plugin("odd", "Odd", "does not load")],
  alerts: [openAlert({ id: "a1" })],
  me: { permissions: ["read", "respond", "edit", "administer"], tags: null, via: "session" } as Me,
};
const titles = (query: string, more: Partial<typeof known> & { openId?: string } = {}) =>
  findCommands(listCommands({ openId: undefined, ...known, ...more }), query, 40).map(({ title }) => title);

test("an empty query shows pages, instances and hosts", () => {
  expect(titles("")).toEqual(expect.arrayContaining(["Overview", "Nextcloud database", "nas", "Dark theme"]));
});

test("finds a plugin to add, but not one that is broken", () => {
  expect(titles("add postgres")).toEqual(["Add PostgreSQL"]);
  expect(titles("add odd")).toEqual([]);
});

test("finds an instance by its plugin and host", () => {
  expect(titles("postgresql nas")).toContain("Nextcloud database");
});

test("what watches a machine is named after its plugin", () => {
  expect(titles("disk")).toContain("Disk");
});

test("on an instance's page, running it comes first", () => {
  expect(titles("", { openId: "1" })[0]).toBe("Run now: Nextcloud database");
});

test("a paused instance cannot be run", () => {
  const instances = [instance("1", "Nextcloud database", { enabled: false })];
  expect(titles("run now", { instances })).toEqual([]);
});

test("failing instances stand before healthy ones", () => {
  const bad = instance("3", "Old database");
  const instances = [...known.instances, { ...bad, status: { ...bad.status, health: "failing" as const } }];
  const shown = titles("", { instances });
  expect(shown.indexOf("Old database")).toBeLessThan(shown.indexOf("Nextcloud database"));
});

test("finds an alert by what it says, and by its instance", () => {
  expect(titles("full")).toContain("/srv on nas is 93% full");
  expect(titles("disk full attic")).toContain("/srv on nas is 93% full");
});

const viewer: Me = { permissions: ["read"], tags: null, via: "proxy" };

test("nothing is offered that the one who looks may not do", () => {
  const as = (query: string, me: Me | undefined) =>
    findCommands(listCommands({ ...known, openId: "1", me }), query, 40).map(({ title }) => title);
  for (const me of [viewer, undefined]) {
    expect(as("run now", me)).toEqual([]);
    expect(as("add postgres", me)).toEqual([]);
    expect(as("people", me)).toEqual([]);
    expect(as("find services", me)).toEqual([]);
    expect(as("sign out", me)).toEqual([]);
  }
  expect(as("account", viewer)).toContain("Account");
  expect(titles("people")).toContain("People");
  expect(titles("sign out")).toContain("Sign out");
});

test("those who see only some instances are offered nothing that is about all of them", () => {
  const some = { ...known.me, tags: ["family"] };
  for (const query of ["add postgres", "find services", "delivery log", "storage", "people"])
    expect([query, titles(query).length > 0, titles(query, { me: some })]).toEqual([query, true, []]);
  expect(titles("run now", { me: some })).toEqual(titles("run now"));
  expect(titles("nextcloud", { me: some })).toEqual(titles("nextcloud"));
});
