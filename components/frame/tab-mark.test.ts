import { expect, test } from "vitest";
import { faviconOf, titleOf } from "./tab-mark";

test.each([
  ["Overview · Unity", 2, "(2) Overview · Unity"],
  ["(2) Overview · Unity", 3, "(3) Overview · Unity"],
  ["(99+) Overview · Unity", 0, "Overview · Unity"],
  ["Overview · Unity", 250, "(99+) Overview · Unity"],
])("the title %j with %i wrong is %j", (title, count, expected) => {
  expect(titleOf(title, count)).toBe(expected);
});

test("the icon shows one digit, or a plus for more", () => {
  expect(decodeURIComponent(faviconOf(3, "critical"))).toContain(">3</text>");
  expect(decodeURIComponent(faviconOf(12, "critical"))).toContain(">+</text>");
});

test("the badge has the colour of the worst", () => {
  expect(decodeURIComponent(faviconOf(3, "critical"))).toContain("#e5242a");
  expect(decodeURIComponent(faviconOf(3, "warning"))).not.toContain("#e5242a");
});
