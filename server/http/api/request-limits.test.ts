import { expect, test } from "vitest";
import { nobody, type Visitor } from "../../auth/visitor";
import { createRequestLimits } from "./request-limits";

function open() {
  let time = 1_000_000;
  const limits = createRequestLimits({ now: () => time });
  return { limits, pass: (ms: number) => (time += ms) };
}
const token = (credentialId: string): Visitor => ({ ...nobody("203.0.113.7"), via: "token", credentialId });

test("a minute's worth at once, then as fast as it comes in again", () => {
  const { limits, pass } = open();
  for (let index = 0; index < 120; index += 1) expect(limits.take(token("a"), true).waitSeconds).toBe(0);
  expect(limits.take(token("a"), true)).toEqual({ limit: 120, remaining: 0, resetSeconds: 60, waitSeconds: 1 });
  pass(500);
  expect(limits.take(token("a"), true).waitSeconds).toBe(0);
  expect(limits.take(token("a"), true).waitSeconds).toBe(1);
  pass(60_000);
  expect(limits.take(token("a"), true)).toMatchObject({ remaining: 119, resetSeconds: 1 });
});

test("each token has its own, reads and changes have their own, and one household of nobodies has one", () => {
  const { limits } = open();
  for (let index = 0; index < 120; index += 1) limits.take(token("a"), true);
  expect(limits.take(token("a"), false)).toMatchObject({ limit: 600, remaining: 599 });
  expect(limits.take(token("b"), true).remaining).toBe(119);
  limits.take(nobody("2001:db8:1:2::1"), false);
  expect(limits.take(nobody("2001:db8:1:2:ffff::9"), false).remaining).toBe(598);
  expect(limits.take(nobody("2001:db8:1:3::1"), false).remaining).toBe(599);
});

test("a clock that is set back gives nothing", () => {
  const { limits, pass } = open();
  for (let index = 0; index < 121; index += 1) limits.take(token("a"), true);
  pass(-3_600_000);
  expect(limits.take(token("a"), true).waitSeconds).toBe(1);
  pass(1_000);
  expect(limits.take(token("a"), true).waitSeconds).toBe(0);
});

test("a flood from everywhere does not grow without an end", () => {
  const { limits } = open();
  for (let index = 0; index < 60_000; index += 1)
    limits.take(nobody(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`), false);
  expect(limits.size()).toBeLessThanOrEqual(10_000);
});
