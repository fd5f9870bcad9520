import { expect, test } from "vitest";
import { admit, type Vocabulary } from "./vocabulary";

const terms = { now: 0, limit: 3, atOnce: 10, probation: true };

/** One run after the other, ten seconds apart; of each what is shown. */
function runs(wanted: readonly (readonly string[])[], rest: Partial<typeof terms> = {}): (readonly string[])[] {
  let vocabulary: Vocabulary | undefined;
  return wanted.map((names, index) => {
    const admission = admit(vocabulary, names, { ...terms, ...rest, now: index * 10_000 });
    vocabulary = admission.vocabulary;
    return [...admission.shown].sort();
  });
}

test.each<[string, string[][], Partial<typeof terms>, string[][]]>([
  ["a name is shown when it is wanted twice in a row", [["a"], ["a"]], {}, [[], ["a"]]],
  ["and not when it comes and goes", [["a"], ["b"], ["a"], ["c"]], {}, [[], [], [], []]],
  ["without probation at once", [["a"], ["b"]], { probation: false }, [["a"], ["a", "b"]]],
  [
    "no more names than the limit, ever",
    [
      ["a", "b"],
      ["c", "d"],
    ],
    { probation: false },
    [
      ["a", "b"],
      ["a", "b", "c"],
    ],
  ],
  [
    "so many at once, those wanted last",
    [["a"], ["b"], ["c"]],
    { probation: false, atOnce: 2 },
    [["a"], ["a", "b"], ["b", "c"]],
  ],
])("%s", (_, wanted, rest, shown) => {
  expect(runs(wanted, rest)).toEqual(shown);
});

test("a name stays for five minutes after it was last wanted, and comes back without probation", () => {
  const { vocabulary } = admit({ admitted: [["a", 0]], candidates: [] }, [], { ...terms, now: 300_000 });
  expect(admit(vocabulary, [], { ...terms, now: 300_000 }).shown).toEqual(["a"]);
  expect(admit(vocabulary, [], { ...terms, now: 300_001 }).shown).toEqual([]);
  expect(admit(vocabulary, ["a"], { ...terms, now: 900_000 }).shown).toEqual(["a"]);
});

test("ten thousand names leave no more behind than the limit", () => {
  let vocabulary: Vocabulary | undefined;
  for (let index = 0; index < 10_000; index += 1)
    vocabulary = admit(vocabulary, [`x${index >> 1}`], { ...terms, limit: 200, now: index }).vocabulary;
  expect(vocabulary?.admitted).toHaveLength(200);
  expect(vocabulary?.candidates).toHaveLength(1);
});
