import { expect, test } from "vitest";
import { isPrivateAddress } from "./is-private-address";

test.each([
  ["192.168.1.20", true],
  ["10.0.0.5:50123", true],
  ["172.20.0.1", true],
  ["172.32.0.1", false],
  ["::ffff:192.168.1.20", true],
  ["[fd00::1]:50123", true],
  ["fe80::1", true],
  ["::1", true],
  ["203.0.113.7", false],
  ["2001:db8::1", false],
  ["", true],
])("%s: %s", (endpoint, isPrivate) => {
  expect(isPrivateAddress(endpoint)).toBe(isPrivate);
});
