import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "../secrets";
import { diff } from "./diff";

test("only what is different is listed, where it is", () => {
  const before = { name: "Phone", enabled: true, config: { url: "https://a.lab", retries: 3, gone: "x" }, tags: ["a"] };
  const after = { name: "Phone", enabled: false, config: { url: "https://b.lab", retries: 3, fresh: null }, tags: [] };
  expect(diff(before, after)).toEqual({
    changes: [
      { path: "enabled", before: true, after: false },
      { path: "config.url", before: "https://a.lab", after: "https://b.lab" },
      { path: "config.fresh", after: null },
      { path: "config.gone", before: "x" },
      { path: "tags", before: ["a"], after: [] },
    ],
    more: 0,
  });
  expect(diff(before, structuredClone(before))).toEqual({ changes: [], more: 0 });
});

test("what is made has no before, what is removed no after", () => {
  const view = { name: "Phone", when: { kind: "once" }, labels: {} };
  const places = ["name", "when.kind", "labels"];
  expect(diff(undefined, view).changes).toEqual([
    { path: "name", after: "Phone" },
    { path: "when.kind", after: "once" },
    { path: "labels", after: "{}" },
  ]);
  const removed = diff(view, undefined).changes;
  expect(removed.map(({ path }) => path)).toEqual(places);
  expect(removed.every((change) => "before" in change && !("after" in change))).toBe(true);
});

test("a secret is never shown, and it is said when it is another one", () => {
  const view = (token: string | undefined, name = "x") => ({
    name,
    config: { token: token === undefined ? undefined : new Secret(token) },
  });
  expect(diff(view("one"), view("one")).changes).toEqual([]);
  expect(diff(view("one"), view("two")).changes).toEqual([{ path: "config.token", before: "***", after: "***" }]);
  expect(diff(view(undefined), view("two")).changes).toEqual([{ path: "config.token", after: "***" }]);
  expect(diff(view("one"), view(undefined)).changes).toEqual([{ path: "config.token", before: "***" }]);
  // From a reference, which is no secret, to a secret.
  expect(diff({ a: "file:/run/secrets/x" }, { a: new Secret("one") }).changes).toEqual([
    { path: "a", before: "file:/run/secrets/x", after: "***" },
  ]);
});

test.each(["password", "token", "apiKey", "api_key", "Authorization", "secret"])(
  "what is called %s is not shown, although nobody made it a secret",
  (name) => {
    expect(diff({ x: { [name]: "one" } }, { x: { [name]: "two" } }).changes).toEqual([
      { path: `x.${name}`, before: "***", after: "***" },
    ]);
  },
);

test("rows are told apart by their id, then their name, then their place", () => {
  const row = (id: string, name: string, limit: number) => ({ id, name, limit });
  const rows = (...of: ReturnType<typeof row>[]) => ({ routes: of });
  expect(diff(rows(row("1", "Day", 1), row("2", "Night", 2)), rows(row("2", "Night", 3))).changes).toEqual([
    { path: "routes[Night].limit", before: 2, after: 3 },
    ...["id", "name", "limit"].map((name) => ({ path: `routes[Day].${name}`, before: expect.anything() })),
  ]);
  expect(diff([{ name: "a", is: 1 }], [{ name: "a", is: 2 }]).changes).toEqual([
    { path: "[a].is", before: 1, after: 2 },
  ]);
  const twins = (is: number) => [
    { name: "a", is: 1 },
    { name: "a", is },
  ];
  expect(diff(twins(1), twins(2)).changes).toEqual([{ path: "[1].is", before: 1, after: 2 }]);
});

test("rows in another order are told as that", () => {
  const [day, night] = [
    { id: "1", name: "Day" },
    { id: "2", name: "Night" },
  ] as const;
  expect(diff({ routes: [day, night] }, { routes: [night, day] }).changes).toEqual([
    { path: "routes", before: ["[Day]", "[Night]"], after: ["[Night]", "[Day]"] },
  ]);
  expect(diff({ routes: [day, night] }, { routes: [night] }).changes.map(({ path }) => path)).toEqual([
    ...["routes[Day].id", "routes[Day].name"],
  ]);
});

test("what becomes another kind of thing ends, and something else begins", () => {
  expect(diff({ when: "always" }, { when: { from: 1 } }).changes).toEqual([
    { path: "when", before: "always" },
    { path: "when.from", after: 1 },
  ]);
  expect(diff({ when: { from: 1 } }, { when: null }).changes).toEqual([
    { path: "when.from", before: 1 },
    { path: "when", after: null },
  ]);
});

test("long texts and lists are cut, and say how long they were", () => {
  const { changes } = diff({}, { text: "x".repeat(10_000), list: Array.from({ length: 50 }, (_, index) => index) });
  expect(changes[0]?.after).toBe(`${"x".repeat(300)}… (10000 characters)`);
  expect(changes[1]?.after).toEqual([...Array.from({ length: 20 }, (_, index) => index), "… 30 more"]);
});

test("of very many changes the rest is counted", () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, index]));
  const { changes, more } = diff({}, many);
  expect([changes.length, more]).toEqual([100, 4_900]);
  const long = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`f${index}`, "é".repeat(5_000)]));
  const shown = diff({}, long);
  expect(JSON.stringify(shown.changes).length).toBeLessThan(17_000);
  expect(shown.changes.length + shown.more).toBe(90);
});

test("whatever it is given, it ends, shows no secret, and finds nothing between the same", () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant("SECRET"));
  const { view } = fc.letrec((tie) => ({
    view: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("view"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("view"), { maxKeys: 4 }),
    ),
  }));
  const wrapped = (value: unknown): unknown => {
    if (value === "SECRET") return new Secret("SECRET");
    if (Array.isArray(value)) return value.map(wrapped);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, wrapped(entry)]));
  };
  fc.assert(
    fc.property(view, view, (one, other) => {
      expect(diff(wrapped(one), wrapped(structuredClone(one))).changes).toEqual([]);
      const { changes } = diff(wrapped(one), wrapped(other));
      expect(JSON.stringify(changes.map(({ before, after }) => [before, after]))).not.toContain("SECRET");
      if (changes.length === 0) expect(JSON.stringify(sorted(one))).toBe(JSON.stringify(sorted(other)));
    }),
    { numRuns: 500 },
  );
});

/** Fields in whatever order are the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, sorted(entry)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

test("a thing within itself, a thousand times, is not followed to its end", () => {
  const deep = (end: string) => {
    let value: unknown = end;
    for (let depth = 0; depth < 1_000; depth += 1) value = { in: value };
    return value;
  };
  const { changes } = diff(deep("one"), deep("two"));
  expect(changes).toEqual([{ path: expect.stringMatching(/^(in\.)+in$/), before: "…", after: "…" }]);
});
