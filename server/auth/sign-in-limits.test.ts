import { expect, test } from "vitest";
import { createSignInLimits } from "./sign-in-limits";

const MINUTE = 60_000;

function open() {
  let time = 1_000_000;
  return { limits: createSignInLimits({ now: () => time }), pass: (ms: number) => (time += ms) };
}

test("who guesses at a name waits after ten tries, and nobody else does", () => {
  const { limits, pass } = open();
  for (let index = 0; index < 10; index += 1) {
    expect(limits.waitSeconds("203.0.113.7", "anna")).toBe(0);
    limits.failed("203.0.113.7", "Anna");
    pass(1_000);
  }
  expect(limits.waitSeconds("203.0.113.7", "anna")).toBe(15 * 60 - 10);
  expect(limits.waitSeconds("203.0.113.7", "ANNA")).toBeGreaterThan(0);
  // Anna at home, and others where the guesses come from.
  expect(limits.waitSeconds("192.168.1.9", "anna")).toBe(0);
  expect(limits.waitSeconds("203.0.113.7", "ben")).toBe(0);
  pass(15 * MINUTE);
  expect(limits.waitSeconds("203.0.113.7", "anna")).toBe(0);
});

test("who tries many names waits after fifty tries", () => {
  const { limits } = open();
  for (let index = 0; index < 50; index += 1) limits.failed("203.0.113.7", `name ${index}`);
  expect(limits.waitSeconds("203.0.113.7", "anna")).toBe(15 * 60);
  expect(limits.waitSeconds("203.0.113.8", "anna")).toBe(0);
});

test("addresses of one /64 are one, of IPv4 each is its own", () => {
  const { limits } = open();
  for (let index = 0; index < 10; index += 1) limits.failed(`2001:db8:1:2::${index}`, "anna");
  expect(limits.waitSeconds("2001:db8:1:2:ffff::1", "anna")).toBeGreaterThan(0);
  expect(limits.waitSeconds("2001:db8:1:3::1", "anna")).toBe(0);
});

test("a right password clears what came before at that name, and nothing else", () => {
  const { limits } = open();
  for (let index = 0; index < 9; index += 1) limits.failed("192.168.1.9", "anna");
  limits.succeeded("192.168.1.9", "anna");
  limits.failed("192.168.1.9", "anna");
  expect(limits.waitSeconds("192.168.1.9", "anna")).toBe(0);
  for (let index = 0; index < 40; index += 1) limits.failed("192.168.1.9", `name ${index}`);
  limits.succeeded("192.168.1.9", "anna");
  expect(limits.waitSeconds("192.168.1.9", "anna")).toBeGreaterThan(0);
});

test("a flood from everywhere does not grow without an end", () => {
  const { limits } = open();
  for (let index = 0; index < 60_000; index += 1)
    limits.failed(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, "anna");
  expect(limits.waitSeconds("10.0.0.1", "anna")).toBe(0);
});

test("few passwords are hashed at the same time, some wait, and the rest is told so", async () => {
  const { limits } = open();
  let most = 0;
  let running = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise((wake) => setTimeout(wake, 5));
    running -= 1;
    return "done";
  };
  const all = await Promise.all(Array.from({ length: 50 }, () => limits.take(work)));
  expect(most).toBe(4);
  expect(all.filter((one) => one === "done")).toHaveLength(36);
  expect(all.filter((one) => one === undefined)).toHaveLength(14);
  expect(await limits.take(work)).toBe("done");
});
