import { expect, test } from "vitest";
import { judge, saysNotPreloaded } from "./detect";

test.each([
  ["no extension", { available: null, installed: null, license: null }, "absent", null],
  ["not in this database", { available: "2.28.3", installed: null, license: null }, "available", "2.28.3"],
  ["never loaded", { available: "2.28.3", installed: "2.20.0", license: null }, "not-preloaded", "2.20.0"],
  ["the Apache edition", { available: "2.28.3", installed: "2.28.3", license: "apache" }, "apache-only", "2.28.3"],
  ["an old one", { available: "2.10.3", installed: "2.10.3", license: "timescale" }, "too-old", "2.10.3"],
  ["the oldest that does", { available: "2.11.0", installed: "2.11.0", license: "timescale" }, "ready", "2.11.0"],
  ["a newer one than there is", { available: "3.0.0", installed: "3.0.0", license: "timescale" }, "ready", "3.0.0"],
])("a server with %s is seen as such", (_, found, state, version) => {
  const timescale = judge(found);
  expect(timescale).toMatchObject({ state, version });
  // Nobody is told to do something where nothing is wrong.
  expect(timescale.advice === null).toBe(state === "absent" || state === "ready");
});

test.each([
  ['extension "timescaledb" must be preloaded', true],
  ['extension "timescaledb" must be loaded via shared_preload_libraries', true],
  ['permission denied to create extension "timescaledb"', false],
])("%s: not preloaded is %s", (message, expected) => {
  expect(saysNotPreloaded(new Error(message))).toBe(expected);
});
