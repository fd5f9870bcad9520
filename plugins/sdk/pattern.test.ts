import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPattern } from "./find-pattern";
import { parsePattern } from "./pattern";

const find = (source: string, flags: string, text: string) => findPattern(parsePattern(source, flags), text);

test.each([
  ["a", "", "xax"],
  ["^a", "", "ba"],
  ["a$", "", "ab\na"],
  ["^b$", "m", "a\nb\nc"],
  ["a.c", "", "a\nc"],
  ["a.c", "s", "a\nc"],
  ["ok|up", "", "all up"],
  ["^(?:ok|up)$", "", "okup"],
  ["(ab)+c", "", "xababc"],
  ["a{2,3}b", "", "ab aab"],
  ["a{2}", "", "a a"],
  ["a{,2}", "", "a{,2}"],
  ["x{", "", "x{"],
  ["[a-c-]+z", "", "b-z"],
  ["[^a-z]", "", "abc1"],
  ["[^A-Z]", "i", "abcD"],
  ["[\\d\\]]x", "", "]x"],
  ["\\bup\\b", "", "backup"],
  ["\\bup\\b", "", "is up."],
  ["\\Bup", "", "backup"],
  ["\\w\\s\\S\\D", "", "a bc"],
  ["\\x41\\u0042", "", "AB"],
  ["HeLLo", "i", "say hEllO"],
  ["[A-F]{3}", "i", "xabcx"],
  ["a*?b", "", "aaab"],
  ["(a*)*b", "", "aaac"],
  ["", "", "anything"],
  ["a||b", "", "c"],
  ["grüezi.?", "i", "GRÜEZI!"],
  ["\\/\\.\\-", "", "/.-"],
  ["é", "", "é"],
])("/%s/%s in %j is as the language's own", (source, flags, text) => {
  expect(find(source, flags, text)).toBe(new RegExp(source, flags).test(text));
});

/** Patterns of the kinds that are known here, over few letters so that they meet. */
const Source: fc.Arbitrary<string> = fc.letrec<{ atom: string; term: string; all: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("a", "b", ".", "\\d", "\\w", "\\s", "[ab]", "[^a1]", "[a-b1]", " ", "1", "\\n"),
    tie("all").map((inner) => `(${inner})`),
  ),
  term: fc.oneof(
    tie("atom"),
    fc.tuple(tie("atom"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "*?")).map((parts) => parts.join("")),
    fc.constantFrom("^", "$", "\\b", "\\B"),
  ),
  all: fc.oneof(
    { maxDepth: 3 },
    fc.array(tie("term"), { minLength: 1, maxLength: 4 }).map((terms) => terms.join("")),
    fc.tuple(tie("term"), tie("term")).map((parts) => parts.join("|")),
  ),
})).all;

test("agrees with the language's own on any pattern and text", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "A", "1", " ", "\n", "x"), { maxLength: 12 })
    .map((all) => all.join(""));
  const flags = fc.constantFrom("", "i", "m", "s", "im", "ims");
  fc.assert(
    fc.property(Source, flags, text, (source, flag, given) => {
      expect(find(source, flag, given)).toBe(new RegExp(source, flag).test(given));
    }),
    { numRuns: 3_000 },
  );
});

describe("hostile texts", () => {
  const million = "a".repeat(1_000_000);
  test.each(["(a+)+b", "(a|aa)+$b", "a.*a.*a.*b", "(.*)(.*)(.*)[bB]$"])(
    "%s ends soon on a million letters",
    (source) => {
      const startedAt = performance.now();
      expect(find(source, "", million)).toBe(false);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    },
  );

  test("a search that would take too long is given up with a reason", () => {
    let seed = 1;
    const noise = Array.from({ length: 1_000_000 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % 2 === 0 ? "a" : "x";
    }).join("");
    expect(() => find("a.{120}b", "", noise)).toThrow(/make the pattern simpler/);
    const short = noise.slice(0, 1_000);
    expect(find("a.{120}b", "", short)).toBe(false);
    expect(() => findPattern(parsePattern("a.{120}b", ""), short, 1_000)).toThrow(/make the pattern simpler/);
  });
});

test.each([
  ["(a", "has a ( without a )"],
  ["a)", "has a ) without a ("],
  ["*a", "has nothing to repeat before *"],
  ["a**", "repeats a repetition"],
  ["[b-a]", "the wrong way round"],
  ["a{3,2}", "the wrong way round"],
  ["(?=a)", "looks ahead"],
  ["(?<!a)", "looks ahead"],
  ["(?<n>a)(?<m>b)", "more than one group"],
  ["(a)\\1", "not known here"],
  ["\\p{L}", "not known here"],
  ["a\\", "ends too early"],
  ["[a", "ends too early"],
  ["^*", "no width"],
  ["a{200}{2}", "repeats a repetition"],
  ["(a{20}){20}", "too large"],
  ["a".repeat(201), "longer than 200"],
])("%s is refused: %s", (source, problem) => {
  expect(() => parsePattern(source, "")).toThrow(problem);
});

test("flags other than i, m and s are refused", () => {
  expect(() => parsePattern("a", "g")).toThrow("has flags other than i, m and s");
});
