import { expect, test } from "vitest";
import { makePassword } from "./make-password";

test("a password has four groups of letters that do not look alike, and is another each time", () => {
  const made = Array.from({ length: 200 }, () => makePassword());
  for (const one of made) expect(one).toMatch(/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/);
  expect(new Set(made).size).toBe(made.length);
});

test("bytes that would make some letters likelier are left out", () => {
  // 31 letters: 248 to 255 are beyond the last whole set.
  let next = 240;
  const made = makePassword((bytes) => {
    for (let at = 0; at < bytes.length; at++) bytes[at] = next++ % 256;
  });
  expect(made.replaceAll("-", "")).toBe("23456789" + "abcdefghjkmn");
});
