import { expect, test } from "vitest";
import { endOf, isFutile, LIFETIMES, NEW_TOKEN, problemOf, tokenInput } from "./token-form";

test("a new one only reads and ends by itself, unless somebody wants it otherwise", () => {
  expect(tokenInput({ ...NEW_TOKEN, name: " backup " })).toEqual({
    name: "backup",
    scopes: ["read"],
    tags: null,
    expiresInDays: 90,
  });
  expect(tokenInput({ ...NEW_TOKEN, lifetime: "" }).expiresInDays).toBeNull();
});

test("tags count only where it is limited, each once and none that is empty", () => {
  const tags = ["media", " media ", ""];
  expect(tokenInput({ ...NEW_TOKEN, limited: true, tags }).tags).toEqual(["media"]);
  expect(tokenInput({ ...NEW_TOKEN, limited: false, tags }).tags).toBeNull();
});

test.each([
  ["name", { name: "  " }],
  ["scopes", { scopes: [] }],
  ["tags", { limited: true, tags: [" "] }],
])("says before it is sent that %s is missing", (field, part) => {
  expect(problemOf({ ...NEW_TOKEN, name: "backup", ...part })?.field).toBe(field);
  expect(problemOf({ ...NEW_TOKEN, name: "backup" })).toBeNull();
});

test("its end is a day, or never", () => {
  expect(LIFETIMES.map(({ value }) => endOf(value, 0))).toEqual([2_592_000_000, 7_776_000_000, 31_536_000_000, null]);
});

test("limited to tags it changes nothing that is about everything", () => {
  expect(isFutile({ limited: true, scopes: ["read", "edit"] })).toBe(true);
  expect(isFutile({ limited: true, scopes: ["read", "respond"] })).toBe(false);
  expect(isFutile({ limited: false, scopes: ["administer"] })).toBe(false);
});
