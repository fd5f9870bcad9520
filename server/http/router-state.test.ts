import { expect, test } from "vitest";
import { isRouterState } from "./router-state";

const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value));

test.each([
  undefined,
  encode(["", {}]),
  encode([
    "",
    { children: ["instances", { children: [["id", "42", "d", null], { children: ["__PAGE__", {}] }] }] },
    null,
    "refetch",
  ]),
])("what a page sends: %s", (header) => {
  expect(isRouterState(header)).toBe(true);
});

test.each([
  "%5B%22",
  "%ff",
  "[]",
  encode({}),
  encode(["", []]),
  encode([null, {}]),
  encode(["", { children: "x" }]),
  encode(["", { children: ["", { children: [["id"], {}] }] }]),
  encode(["a".repeat(50_000), {}]),
  encode("[".repeat(20_000)),
])("what Next could not read: %#", (header) => {
  expect(isRouterState(header)).toBe(false);
});

test("two of them are none", () => {
  expect(isRouterState([encode(["", {}]), encode(["", {}])])).toBe(false);
});
