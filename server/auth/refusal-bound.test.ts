import { expect, test } from "vitest";
import { createRefusalBound } from "./refusal-bound";

const HOUR_MS = 3_600_000;
const START = 1_795_478_400_000;

test("a few are written, a flood is counted, and told with the next that is written", () => {
  const bound = createRefusalBound();
  const first = Array.from({ length: 20 }, () => bound.admit("anna", START));
  expect(first).toEqual(Array.from({ length: 20 }, () => 0));
  for (let count = 0; count < 10_000; count += 1) expect(bound.admit("anna", START)).toBeUndefined();
  expect(bound.admit("anna", START + 180_000)).toBe(10_000);
  expect(bound.admit("anna", START + 180_000)).toBeUndefined();
});

test("one who floods keeps no other from being written", () => {
  const bound = createRefusalBound();
  for (let count = 0; count < 10_000; count += 1) bound.admit("anna", START);
  expect(bound.admit("bert", START)).toBe(0);
});

test("from ever new addresses no more comes than from all together, and none is uncounted", () => {
  const bound = createRefusalBound();
  let written = 0;
  let told = 0;
  const asked = 200_000;
  for (let count = 0; count < asked; count += 1) {
    const before = bound.admit(`2001:db8::${count}`, START + (count * 24 * HOUR_MS) / asked);
    if (before === undefined) continue;
    written += 1;
    told += before;
  }
  expect(written).toBeLessThanOrEqual(500 + 2_400);
  expect(written + told + bound.drain()).toBe(asked);
  expect(bound.drain()).toBe(0);
});

test("a clock that is set back lets nobody in, and nobody out for good", () => {
  const bound = createRefusalBound();
  for (let count = 0; count < 30; count += 1) bound.admit("anna", START);
  expect(bound.admit("anna", START - HOUR_MS)).toBeUndefined();
  expect(bound.admit("anna", START)).toBeDefined();
});
