import { expect, test } from "vitest";
import { parseNetwork } from "../../plugins/sdk/ip-address";
import { CLIENT_ADDRESS, CLIENT_PROTOCOL, FROM_THIS_MACHINE, PROXY_USER } from "../auth/request-headers";
import { markClient, type Proxies } from "./client";

const networks = (...texts: string[]) => texts.flatMap((text) => parseNetwork(text) ?? []);
const NONE: Proxies = { trusted: [], user: undefined };

function mark(peer: string, headers: Record<string, string>, proxies: Proxies = NONE) {
  const request = { headers: { host: "unity.home", ...headers }, socket: { remoteAddress: peer } };
  markClient(request as never, proxies);
  return request.headers as Record<string, string | undefined>;
}

test.each([
  ["192.168.1.9", {}, "192.168.1.9"],
  ["::ffff:192.168.1.9", {}, "192.168.1.9"],
  // Who is no proxy of ours says nothing about others.
  ["192.168.1.9", { "x-forwarded-for": "10.0.0.1" }, "192.168.1.9"],
  ["127.0.0.1", { "x-forwarded-for": "203.0.113.7" }, "203.0.113.7"],
  // What a browser sends itself stands before what the proxy adds.
  ["127.0.0.1", { "x-forwarded-for": "1.1.1.1, 203.0.113.7" }, "203.0.113.7"],
  ["127.0.0.1", { "x-forwarded-for": "203.0.113.7, 10.9.0.2" }, "203.0.113.7", "10.9.0.0/16"],
  ["10.9.0.3", { "x-forwarded-for": "203.0.113.7, 10.9.0.2" }, "203.0.113.7", "10.9.0.0/16"],
  ["127.0.0.1", { "x-forwarded-for": "nonsense" }, "127.0.0.1"],
  ["127.0.0.1", { "x-forwarded-for": "[2001:db8::1]:4711" }, "2001:db8::1"],
] as [string, Record<string, string>, string, ...string[]][])("a request from %s with %j came from %s", (...given) => {
  const [peer, headers, address, ...trusted] = given;
  expect(mark(peer, headers, { ...NONE, trusted: networks(...trusted) })[CLIENT_ADDRESS]).toBe(address);
});

test("what comes in under our names is dropped", () => {
  const forged = {
    [CLIENT_ADDRESS]: "1.1.1.1",
    [CLIENT_PROTOCOL]: "https",
    [FROM_THIS_MACHINE]: "yes",
    [PROXY_USER]: "root",
  };
  expect(mark("192.168.1.9", forged)).toEqual({
    host: "unity.home",
    [CLIENT_ADDRESS]: "192.168.1.9",
    [CLIENT_PROTOCOL]: "http",
  });
});

test("a browser of this machine is one that asks by a name of this machine, with nothing in between", () => {
  const isLocal = (peer: string, headers: Record<string, string>) => mark(peer, headers)[FROM_THIS_MACHINE] === "yes";
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST"])
    expect(isLocal("127.0.0.1", { host })).toBe(true);
  expect(isLocal("::1", { host: "localhost:3000" })).toBe(true);
  // A page elsewhere can make its own name point here.
  expect(isLocal("127.0.0.1", { host: "evil.example:3000" })).toBe(false);
  expect(isLocal("127.0.0.1", { host: "localhost.evil.example" })).toBe(false);
  expect(isLocal("192.168.1.9", { host: "localhost:3000" })).toBe(false);
  for (const name of ["x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-host"])
    expect(isLocal("127.0.0.1", { host: "localhost:3000", [name]: "1.2.3.4" })).toBe(false);
});

test("who somebody is says only a proxy that was named for it", () => {
  const user = { header: "remote-user", from: networks("10.9.0.2") };
  const headers = { "remote-user": "anna" };
  expect(mark("10.9.0.2", headers, { ...NONE, user })).toMatchObject({ [PROXY_USER]: "anna" });
  for (const peer of ["10.9.0.3", "127.0.0.1", "192.168.1.9"])
    expect(Object.keys(mark(peer, headers, { trusted: networks("10.9.0.0/16"), user }))).not.toContain(PROXY_USER);
  expect(Object.keys(mark("10.9.0.2", headers))).not.toContain(PROXY_USER);
});

test("a connection is encrypted where it is, or where a trusted proxy says so", () => {
  const by = { "x-forwarded-proto": "https" };
  expect(mark("127.0.0.1", by)[CLIENT_PROTOCOL]).toBe("https");
  expect(mark("192.168.1.9", by)[CLIENT_PROTOCOL]).toBe("http");
  expect(mark("192.168.1.9", by, { ...NONE, trusted: networks("192.168.1.9") })[CLIENT_PROTOCOL]).toBe("https");
});
