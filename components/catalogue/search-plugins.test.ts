import { expect, test } from "vitest";
import type { CatalogueEntry } from "../data/outputs";
import { groupByCategory, searchPlugins } from "./search-plugins";
import { testPlugin } from "./test-plugin";

const entry = (
  id: string,
  name: string,
  category: CatalogueEntry["category"],
  change: Partial<CatalogueEntry> = {},
) => ({
  ...testPlugin(),
  id,
  name,
  category,
  summary: "",
  ...change,
});
const entries = [
  entry("disk", "Disk", "storage", { summary: "Space and inodes." }),
  entry("docker", "Docker / Podman", "container", { summary: "Containers and their disk space." }),
  entry("web-service", "Web service", "application", { needs: ["The tool ping"] }),
  entry("odd", "odd", "system", { broken: "no default export" }),
];
const found = (text: string) => searchPlugins(entries, text).map(({ id }) => id);

test.each([
  ["", ["disk", "docker", "web-service", "odd"]],
  ["disk", ["disk", "docker"]],
  ["DISK space", ["disk", "docker"]],
  ["podman", ["docker"]],
  ["ping", ["web-service"]],
  ["storage", ["disk"]],
  ["disk ping", []],
  ["odd", ["odd"]],
])("%j finds %j", (text, ids) => {
  expect(found(text)).toEqual(ids);
});

test("categories stand in their order; what is broken is in none", () => {
  expect(groupByCategory(entries).map(({ name }) => name)).toEqual(["Storage", "Containers", "Applications"]);
});

test("of what was searched, the category of the best find comes first", () => {
  expect(groupByCategory(searchPlugins(entries, "web"), true).map(({ name }) => name)).toEqual(["Applications"]);
  const both = [entry("backup", "Backup", "storage", { summary: "Their web addresses." }), ...entries];
  expect(groupByCategory(searchPlugins(both, "web"), true).map(({ name }) => name)).toEqual([
    "Applications",
    "Storage",
  ]);
});
