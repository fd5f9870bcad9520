import { expect, test } from "vitest";
import { isForeign } from "./origin";

test.each([
  [{ host: "unity.lab:3000" }, false],
  [{ host: "unity.lab:3000", origin: "http://unity.lab:3000" }, false],
  [{ host: "unity.lab", origin: "https://unity.lab" }, false],
  [{ host: "unity.lab:3000", origin: "http://evil.example" }, true],
  [{ host: "unity.lab:3000", origin: "http://unity.lab:4000" }, true],
  [{ host: "unity.lab:3000", origin: "null" }, true],
  [{ host: "unity.lab:3000", "sec-fetch-site": "cross-site" }, true],
])("%o is foreign: %s", (headers, foreign) => {
  expect(isForeign({ headers })).toBe(foreign);
});
