import { expect, test } from "vitest";
import { readValue } from "./read-value";

const COUNTER64 = 70;
const OCTETS = 4;

test.each([
  [[0], 0],
  [[1, 0], 256],
  [[0, 255, 255, 255, 255], 4_294_967_295],
  [[0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Number.MAX_SAFE_INTEGER],
  [[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 2 ** 64],
])("a counter of bytes %j is %i", (bytes, value) => {
  expect(readValue({ type: COUNTER64, value: Buffer.from(bytes) })).toBe(value);
});

test.each([
  ["UTF-8", Buffer.from("Küche"), "Küche"],
  ["Latin-1", Buffer.from("Küche", "latin1"), "Küche"],
  ["with a NUL at its end", Buffer.from("eth0\0\0"), "eth0"],
  ["without an end", Buffer.alloc(5_000, "x"), "x".repeat(1_024)],
])("text %s", (_, value, text) => {
  expect(readValue({ type: OCTETS, value })).toBe(text);
});

test.each([128, 129, 130])("what is not there is null (%i)", (type) => {
  expect(readValue({ type, value: null })).toBeNull();
});
