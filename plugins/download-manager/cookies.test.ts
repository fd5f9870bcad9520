import { expect, test } from "vitest";
import { cookiesOf } from "./cookies";

test.each([
  ["SID=abc/+=; HttpOnly; path=/; SameSite=Strict", "SID=abc/+="],
  ["QBT_SID_8080=x; path=/\nproxy=y; Expires=Thu, 26 Nov 2026 08:29:34 GMT", "QBT_SID_8080=x; proxy=y"],
  ["SID=; path=/", ""],
  ["nonsense", ""],
  ["", ""],
])("keeps name and value of %j", (header, cookies) => {
  expect(cookiesOf({ headers: { "set-cookie": header } })).toBe(cookies);
});

test("without the header there are none", () => {
  expect(cookiesOf({ headers: {} })).toBe("");
});
