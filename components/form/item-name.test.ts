import { expect, test } from "vitest";
import { itemNameOf } from "./item-name";

test.each([
  ["Targets", "target"],
  ["Excluded mounts", "mount"],
  ["More addresses", "address"],
  ["Watched processes", "process"],
  ["Batteries", "battery"],
  ["Expected status", "row"],
  ["JSON must hold", "row"],
  ["Files (PEM)", "file"],
])("%s has a %s", (title, name) => {
  expect(itemNameOf(title)).toBe(name);
});
