import { describe, expect, test } from "vitest";
import { negotiateVersion } from "./api-version";
import { eachAtOnce } from "./at-once";
import { chooseContainers } from "./choose";
import { resolveEndpoint, socketPathOf } from "./endpoint";
import { parseOomNames } from "./events";
import { type Container, parseContainers, toLabel } from "./parse";
import { parseDetails, parseInstant } from "./parse-inspect";

const listed = { Id: "a".repeat(64), Names: ["/web"], Image: "nginx", State: "running", Status: "Up", Labels: null };

describe("the list of containers", () => {
  const first = (entry: object) => parseContainers([{ ...listed, ...entry }]).containers[0];

  test("takes the container's own name, not a link's", () => {
    expect(first({ Names: ["/app/db", "/db"] })?.name).toBe("db");
    expect(first({ Names: null })?.name).toBe("aaaaaaaaaaaa");
  });

  test.each([
    ["running", "running"],
    ["Exited", "exited"],
    ["configured", "created"],
    ["stopped", "exited"],
    ["unheard-of", "other"],
    ["constructor", "other"],
  ])("knows the state %s as %s", (state, known) => {
    expect(first({ State: state })?.state).toBe(known);
  });

  test.each([["../images"], ["A".repeat(64)], [""], ["abc"], ["a".repeat(65)]])("refuses the id %j", (id) => {
    expect(parseContainers([{ ...listed, Id: id }])).toEqual({ containers: [], malformed: 1 });
  });
});

test("labels are of bounded length, with control characters as escapes", () => {
  expect(toLabel("a\u001b[31m\n")).toBe("a\\x1b[31m\\x0a");
  expect(toLabel("x".repeat(1_000))).toHaveLength(200);
});

test.each([
  ["2026-09-20T10:00:00.123456789Z", 1_789_898_400.123],
  ["2026-09-20T12:00:00+02:00", 1_789_898_400],
  ["0001-01-01T00:00:00Z", undefined],
  ["", undefined],
  [undefined, undefined],
  ["yesterday", undefined],
])("reads the instant %j", (text, seconds) => {
  expect(parseInstant(text)).toBe(seconds);
});

describe("details", () => {
  const health = (Status: string) => parseDetails({ State: { Health: { Status, FailingStreak: 2 } } })?.health;
  test.each([
    ["healthy", "healthy"],
    ["unhealthy", "unhealthy"],
    ["starting", "starting"],
    ["none", undefined],
    ["", undefined],
  ])("know the health %j as %j", (said, known) => {
    expect(health(said)).toBe(known);
  });
  test("of a container without a memory limit have none", () => {
    expect(parseDetails({ State: {}, HostConfig: { Memory: 0 } })?.memoryLimitBytes).toBeUndefined();
    expect(parseDetails({ State: {}, HostConfig: { Memory: 5 } })?.memoryLimitBytes).toBe(5);
  });
  test("of another shape are none", () => {
    expect(parseDetails({ State: "running" })).toBeUndefined();
  });
});

test.each([
  ["1.41", "1.12", "1.41"],
  ["1.44", "1.24", "1.44"],
  ["1.52", "1.44", "1.51"],
  ["1.56", "1.40", "1.51"],
  ["1.56", "1.53", "1.53"],
  ["1.100", "1.24", "1.51"],
  ["1.24", undefined, "1.24"],
  ["1.41", "nonsense", "1.41"],
])("a server of API %s that takes %s and up is asked with %s", (ApiVersion, MinAPIVersion, version) => {
  expect(negotiateVersion({ ApiVersion, MinAPIVersion })).toBe(version);
});

test("an engine that is too old, or none, is told apart", () => {
  expect(() => negotiateVersion({ ApiVersion: "1.9", MinAPIVersion: null })).toThrow(/1\.24 or newer/);
  expect(() => negotiateVersion({ ApiVersion: "../x", MinAPIVersion: null })).toThrow(/API version is/);
});

describe("the endpoint", () => {
  const tls = { verify: true, caPem: undefined, serverName: undefined };
  const resolve = (endpoint: string, clientCertPem?: string) =>
    resolveEndpoint({ endpoint, tls, headers: {}, clientCertPem, clientKeyPem: undefined });

  test.each([
    ["unix:///run/podman/podman.sock", "/run/podman/podman.sock"],
    ["/var/run/docker.sock", "/var/run/docker.sock"],
  ])("%s is a socket", (endpoint, path) => {
    expect(socketPathOf(endpoint)).toBe(path);
    expect(resolve(endpoint)).toMatchObject({ baseUrl: "http://docker", options: { socketPath: path } });
  });

  test.each([
    ["tcp://nas.lab", undefined, "http://nas.lab:2375"],
    ["tcp://nas.lab:2375/", undefined, "http://nas.lab:2375"],
    ["tcp://nas.lab:2376", undefined, "https://nas.lab:2376"],
    ["tcp://nas.lab", "pem", "https://nas.lab:2376"],
    ["tcp://nas.lab:443", "pem", "https://nas.lab"],
    ["tcp://[::1]:2375", undefined, "http://[::1]:2375"],
    ["http://proxy.lab:2375/", undefined, "http://proxy.lab:2375"],
    ["https://docker.lab/engine/", undefined, "https://docker.lab/engine"],
  ])("%s with certificate %s is %s", (endpoint, certificate, baseUrl) => {
    expect(resolve(endpoint, certificate).baseUrl).toBe(baseUrl);
  });
});

test("running containers come first, by name, and the rest is capped", () => {
  const make = (name: string, state: Container["state"], labels = {}): Container => ({
    id: name,
    name,
    image: "",
    state,
    status: "",
    labels,
  });
  const all = [
    make("a", "exited"),
    make("c", "running"),
    make("b", "running"),
    make("d", "running", { "unity.ignore": "true" }),
  ];
  const choose = (choice: { include?: string[]; exclude?: string[]; maxContainers?: number }) =>
    chooseContainers(all, { include: [], exclude: [], maxContainers: 10, ...choice }).shown.map(({ name }) => name);
  expect(choose({})).toEqual(["b", "c", "a"]);
  expect(choose({ maxContainers: 1 })).toEqual(["b"]);
  expect(choose({ include: ["?"], exclude: ["b"] })).toEqual(["c", "a"]);
});

test("events name the containers that ran out of memory", () => {
  const oom = (name: string) => JSON.stringify({ Action: "oom", Actor: { Attributes: { name } } });
  const die = JSON.stringify({ Action: "die", Actor: { Attributes: { name: "x" } } });
  expect([...parseOomNames([oom("a"), die, "{", oom("a"), oom("b"), ""].join("\n"))]).toEqual(["a", "b"]);
});

test("does every item once, and never more than the limit at a time", async () => {
  const done: number[] = [];
  let busy = 0;
  let most = 0;
  const items = Array.from({ length: 23 }, (_, index) => index);
  await eachAtOnce(items, 5, async (item) => {
    busy += 1;
    most = Math.max(most, busy);
    await new Promise(setImmediate);
    done.push(item);
    busy -= 1;
  });
  expect(done.sort((a, b) => a - b)).toEqual(items);
  expect(most).toBe(5);
});
