import { expect, test } from "vitest";
import { matchesAny, matchesGlob } from "./globs";

test.each([
  ["veth12ab", "veth*", true],
  ["eth0", "veth*", false],
  ["/var/lib/docker/overlay2/x", "/var/lib/docker/**", true],
  ["/var/lib/dockerx", "/var/lib/docker/**", false],
  ["a/b", "*", false],
  ["lo", "l?", true],
  ["a.b", "a?b", true],
  ["axb", "a.b", false],
  ["(x)", "(x)", true],
])("%s against %s is %s", (text, glob, expected) => {
  expect(matchesGlob(text, glob)).toBe(expected);
});

test("any of several", () => {
  expect(matchesAny("docker0", ["lo", "docker*"])).toBe(true);
  expect(matchesAny("eth0", [])).toBe(false);
});
