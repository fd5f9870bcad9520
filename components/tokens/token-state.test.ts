import { expect, test } from "vitest";
import { tokenEnd } from "./token-state";

const DAY_MS = 86_400_000;

test.each([
  [null, "never"],
  [0, "over"],
  [1, "near"],
  [14 * DAY_MS, "near"],
  [14 * DAY_MS + 1, "later"],
])("one that ends at %s is %s", (expiresAt, end) => {
  expect(tokenEnd({ expiresAt }, 0)).toBe(end);
});
