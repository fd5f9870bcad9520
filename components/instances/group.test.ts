import { expect, test } from "vitest";
import { type Category, firstOf, groupByCategory } from "./group";

const of = (category: Category, name: string, host = "nas") => ({
  category,
  name,
  host,
  pluginName: "Plugin",
  target: "",
});
const shown = (groups: ReturnType<typeof groupByCategory>) =>
  groups.map(({ category, members }) => [category, ...members.map(({ name, host }) => `${name}@${host}`)]);

test("groups stand in a fixed order, members by title and host, numbers as numbers", () => {
  const groups = groupByCategory([
    of("network", "eth"),
    of("storage", "disk 10"),
    of("storage", "disk 9"),
    of("storage", "disk 9", "alpha"),
    of("system", "cpu"),
  ]);
  expect(shown(groups)).toEqual([
    ["system", "cpu@nas"],
    ["storage", "disk 9@alpha", "disk 9@nas", "disk 10@nas"],
    ["network", "eth@nas"],
  ]);
});

test("the first few go over the bounds of groups, and a group without any is left out", () => {
  const groups = groupByCategory([of("system", "a"), of("storage", "b"), of("storage", "c"), of("iot", "d")]);
  expect(shown(firstOf(groups, 2))).toEqual([
    ["system", "a@nas"],
    ["storage", "b@nas"],
  ]);
  expect(firstOf(groups, 99)).toEqual(groups);
});
