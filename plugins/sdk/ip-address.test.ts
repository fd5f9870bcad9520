import { isIP } from "node:net";
import { expect, test } from "vitest";
import { canonicalAddress, isWithin, parseAddress, parseNetwork } from "./ip-address";

test.each([
  "1.2.3.4",
  "0.0.0.0",
  "255.255.255.255",
  "::",
  "::1",
  "fe80::1",
  "2001:db8:0:0:1:0:0:1",
  "1:2:3:4:5:6:7:8",
  "1::8",
  "::ffff:1.2.3.4",
  "64:ff9b::1.2.3.4",
  "1:2:3:4:5:6:1.2.3.4",
  "256.1.1.1",
  "1.2.3",
  "1.2.3.4.5",
  "",
  ":",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "12345::",
  "g::1",
  "1.2.3.4::",
  "::1.2.3",
  "1:2:3:4:5:6:7:1.2.3.4",
  "nas.lab",
])("%s is an address or not, as Node.js says", (text) => {
  expect(parseAddress(text) !== undefined).toBe(isIP(text) > 0);
});

test.each([
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["::ffff:1.2.3.4", "1.2.3.4"],
  ["fe80::1%eth0", "fe80::1"],
  ["10.0.0.1", "10.0.0.1"],
  ["nas", undefined],
])("%s is written %s", (text, expected) => {
  expect(canonicalAddress(text)).toBe(expected);
});

test.each([
  ["10.1.2.3", "10.0.0.0/8", true],
  ["11.1.2.3", "10.0.0.0/8", false],
  ["192.168.1.129", "192.168.1.128/25", true],
  ["192.168.1.127", "192.168.1.128/25", false],
  ["::ffff:10.1.1.1", "10.0.0.0/8", true],
  ["fd00::1", "fd00::/8", true],
  ["fe80::1", "fd00::/8", false],
  ["1.2.3.4", "0.0.0.0/0", true],
  ["::1", "0.0.0.0/0", false],
  ["1.2.3.4", "1.2.3.4", true],
])("%s within %s: %s", (address, network, expected) => {
  const parsed = parseNetwork(network);
  expect(parsed && isWithin(address, [parsed])).toBe(expected);
});

test.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "lan", "fd00::/129", "10.0.0.0/x"])(
  "%s is no network",
  (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  },
);
