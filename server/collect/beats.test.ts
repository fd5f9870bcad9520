import { expect, test } from "vitest";
import { createBeats } from "./beats";

const HALF_HOUR = 1_800_000;
const NOW = 1_000_000 * HALF_HOUR + 5;

test("a slot shows its worst outcome", () => {
  const beats = createBeats();
  for (const outcome of ["ok", "failed", "partial"] as const) beats.record("i", NOW, outcome);
  beats.record("i", NOW - HALF_HOUR, "ok");
  expect(beats.strip("i", NOW).slice(-3)).toEqual(["none", "ok", "failed"]);
});

test("forgets what is older than a day, and keeps no more", () => {
  const beats = createBeats();
  for (let slot = 0; slot < 100; slot++) beats.record("i", NOW + slot * HALF_HOUR, "ok");
  expect(beats.strip("i", NOW + 99 * HALF_HOUR)).toEqual(new Array(48).fill("ok"));
  expect(beats.strip("i", NOW + 200 * HALF_HOUR)).toEqual(new Array(48).fill("none"));
});

test("an unknown instance has an empty strip", () => {
  expect(createBeats().strip("?", NOW)).toHaveLength(48);
});
