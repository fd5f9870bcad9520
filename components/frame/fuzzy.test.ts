import { expect, test } from "vitest";
import { fuzzyMatch } from "./fuzzy";

const rank = (query: string, texts: string[]) =>
  texts
    .flatMap((text) => {
      const match = fuzzyMatch(query, text);
      return match ? { text, score: match.score } : [];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

test.each([
  ["pg", ["Add PostgreSQL", "Page"], ["Page", "Add PostgreSQL"]],
  ["set", ["Reset", "Settings", "Dark set"], ["Settings", "Dark set", "Reset"]],
  ["add post", ["Add PostgreSQL", "Add Postfix", "Posts"], ["Add Postfix", "Add PostgreSQL"]],
  ["psql", ["PostgreSQL", "Pi-hole"], ["PostgreSQL"]],
  ["xyz", ["Overview"], []],
  ["over view", ["Overview"], ["Overview"]],
])("%j among %j finds %j", (query, texts, found) => {
  expect(rank(query, texts)).toEqual(found);
});

test("says which letters matched", () => {
  expect(fuzzyMatch("post", "Add PostgreSQL")?.marks).toEqual([4, 5, 6, 7]);
});

test("an empty query finds everything", () => {
  expect(fuzzyMatch(" ", "Overview")?.marks).toEqual([]);
});

test("special characters are characters", () => {
  expect(fuzzyMatch("(.*", "Overview")).toBeNull();
  expect(fuzzyMatch("c++", "C++ build")).not.toBeNull();
});
