import { expect, test } from "vitest";
import { capturePattern } from "./capture-pattern";
import { createMatcher } from "./match-patterns";
import { parsePattern } from "./pattern";

const SOURCES = ["error", "\\berr\\b", "^a.*z$", "(?:x|y){2,3}", "Ärger", "a.{3}b", "$"];
const TEXTS = ["", "an Error", "err: no", "a to z", "a to zz?", "xy", "ÄRGER", "ärger", "aAbcb", "no\nerr", "stderr"];

test.each(["", "i", "m"])("finds what each pattern finds alone, text after text (flags %j)", (flags) => {
  const matcher = createMatcher(SOURCES.map((source) => parsePattern(source, flags)));
  for (const text of [...TEXTS, ...TEXTS]) {
    const alone = SOURCES.flatMap((source, number) => (new RegExp(source, flags).test(text) ? [number] : []));
    expect([text, matcher.match(text, 1e6)]).toEqual([text, alone]);
  }
});

test("a text like one before costs no work", () => {
  const matcher = createMatcher([parsePattern("failed|refused", "i"), parsePattern("denied", "")]);
  expect(matcher.match("connection refused, permission denied", 1e6)).toEqual([0, 1]);
  const before = matcher.work();
  expect(matcher.match("connection refused, permission denied", 1e6)).toEqual([0, 1]);
  expect(matcher.work()).toBe(before);
});

test("a text that needs too much work is given up, and the next is good again", () => {
  const matcher = createMatcher([parsePattern("a.{120}b", "")]);
  let seed = 1;
  const noise = Array.from({ length: 20_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % 2 === 0 ? "a" : "x";
  }).join("");
  expect(() => matcher.match(noise, 100_000)).toThrow("too much work");
  expect(matcher.match(`a${"x".repeat(120)}b`, 1e6)).toEqual([0]);
});

test.each([
  ["user=(?<user>\\w+)", "login user=anna user=ben", "anna"],
  ["user=(?<user>.*) from", "user=a from from b", "a from"],
  ["user=(?<user>.*?) from", "user=a from from b", "a"],
  ["(?<first>a|ab)(c|bcd)", "xabcd", "a"],
  ["(?<code>\\d{3})$", "200 404 500", "500"],
  ["(?<n>\\d+)?x", "x", undefined],
  ["a(?<n>b)*", "abb", "b"],
  ["(?<n>A+)", "caab", undefined],
  ["none(?<n>.)", "abc", undefined],
])("%s captures from %j: %j", (source, text, expected) => {
  expect(capturePattern(parsePattern(source, ""), text)).toBe(expected);
  expect(Object.values(new RegExp(source).exec(text)?.groups ?? {})[0]).toBe(expected);
});

test("capturing is given up as well when it takes too long", () => {
  const pattern = parsePattern("(?<n>(a*)*)*b", "");
  expect(() => capturePattern(pattern, "a".repeat(100_000), 10_000)).toThrow("too much work");
});
