import { describe, expect, test } from "vitest";
import { ordinaryConnections } from "./activity";
import { chooseDatabases } from "./databases";
import { toFailure } from "./failure";
import { placeOf } from "./open";
import { BytesRow, type DatabaseRow, parseRow, parseRows, type ReplicaRow, shortVersion, toLabel } from "./parse";
import { nameReplicas, standbyLag } from "./replication";

test.each([
  ["15.18 (Debian 15.18-0+deb12u1)", "15.18"],
  ["18beta1", "18beta1"],
  ["", ""],
])("shortens the version %j to %j", (version, short) => {
  expect(shortVersion(version)).toBe(short);
});

test("labels are of bounded length, with control characters as escapes", () => {
  expect(toLabel("a\u001b[31m\n")).toBe("a\\x1b[31m\\x0a");
  expect(toLabel("x".repeat(1_000))).toHaveLength(200);
});

test("rows of another shape are a parse failure that names the place", () => {
  expect(parseRows(BytesRow, [{ bytes: 5, more: "ignored" }])).toEqual([{ bytes: 5 }]);
  expect(() => parseRows(BytesRow, [{ bytes: "5" }])).toThrow(/0\.bytes/);
  expect(() => parseRow(BytesRow, [])).toThrow(/no row/);
});

describe("the lag of a standby", () => {
  const row = { sender_host: null, sender_port: null };
  test.each([
    ["has replayed all and streams", { streaming: true, caught_up: true, since_replay: 7_000 }, 0],
    ["has received more than it replayed", { streaming: true, caught_up: false, since_replay: 12.5 }, 12.5],
    ["has lost its server", { streaming: false, caught_up: true, since_replay: 900 }, 900],
    ["has a clock before its server's", { streaming: true, caught_up: false, since_replay: -0.4 }, 0],
    ["never replayed a transaction", { streaming: true, caught_up: false, since_replay: null }, undefined],
  ])("that %s", (_, seen, lag) => {
    expect(standbyLag({ ...row, ...seen })).toBe(lag);
  });
});

describe("names of replicas", () => {
  const replica = (application: string, address: string): ReplicaRow => ({
    application,
    address,
    state: "streaming",
    sync_state: "async",
    lag_bytes: 0,
    lag_seconds: null,
  });
  const namesOf = (...rows: ReplicaRow[]) => nameReplicas(rows).map(({ client }) => client);

  test("are what they call themselves", () => {
    expect(namesOf(replica("a", "10.0.0.1"), replica("b", "10.0.0.1"))).toEqual(["a", "b"]);
  });
  test("get the address and then a number where several are called the same", () => {
    expect(namesOf(replica("w", "10.0.0.1"), replica("w", ""), replica("w", ""))).toEqual([
      "w 10.0.0.1",
      "w local",
      "w local #2",
    ]);
  });
  test("are never empty", () => {
    expect(namesOf(replica("", ""))).toEqual(["unnamed"]);
  });
});

test("connections reserved for superusers and roles are not for ordinary users", () => {
  const settings = (...pairs: [string, string][]) =>
    pairs.map(([name, setting]) => ({ name, setting, shown: setting }));
  const three: [string, string] = ["superuser_reserved_connections", "3"];
  expect(ordinaryConnections(settings(["max_connections", "100"], three))).toBe(97);
  expect(ordinaryConnections(settings(["max_connections", "100"], three, ["reserved_connections", "7"]))).toBe(90);
  expect(ordinaryConnections(settings(["max_connections", "3"], three))).toBeUndefined();
  expect(ordinaryConnections([])).toBeUndefined();
});

test("databases are chosen by name, without templates, and capped", () => {
  const row = (name: string | null, template = false): DatabaseRow => ({
    oid: "1",
    name,
    template,
    xid_age: 1,
    committed: 1,
    rolled_back: 1,
    hit: 1,
    read: 1,
    returned: 1,
    fetched: 1,
    inserted: 1,
    updated: 1,
    deleted: 1,
    deadlocks: 1,
    conflicts: 1,
    temp_bytes: 1,
    checksum_failures: 1,
  });
  const rows = [row(null), row("app"), row("app_test"), row("template0", true), row("web")];
  const all: Parameters<typeof chooseDatabases>[1] = { databasesInclude: [], databasesExclude: [], maxItems: 10 };
  const namesOf = (config: Partial<typeof all>) =>
    chooseDatabases(rows, { ...all, ...config }).shown.map(({ name }) => name);
  expect(namesOf({})).toEqual(["app", "app_test", "web"]);
  expect(namesOf({ databasesInclude: ["app*"], databasesExclude: ["*_test"] })).toEqual(["app"]);
  expect(chooseDatabases(rows, { ...all, maxItems: 2 })).toMatchObject({ truncated: true, shown: { length: 2 } });
  expect(chooseDatabases(rows, { ...all, maxItems: 3 })).toMatchObject({ truncated: false });
});

test.each([
  ["28P01", "auth"],
  ["28000", "auth"],
  ["3D000", "not_found"],
  ["42501", "permission"],
  ["57014", "timeout"],
  ["55P03", "timeout"],
  ["53300", "unreachable"],
  ["57P03", "unreachable"],
  ["42883", "unsupported_version"],
  ["08P01", "protocol"],
  ["XX000", "protocol"],
  ["CONNECT_TIMEOUT", "timeout"],
  ["CONNECTION_CLOSED", "unreachable"],
  ["SASL_SIGNATURE_MISMATCH", "auth"],
  ["constructor", "protocol"],
])("the server's code %s is the reason %s", (code, reason) => {
  const failure = toFailure(Object.assign(new Error("said"), { code }), "db.lab:5432");
  expect(failure.reason).toBe(reason);
  expect(failure.message).toMatch(/^db\.lab:5432: /);
});

test.each([
  ["db.lab", "db.lab:5432"],
  ["::1", "[::1]:5432"],
  ["/var/run/postgresql/", "/var/run/postgresql/.s.PGSQL.5432"],
])("names the place %s as %s", (host, place) => {
  expect(placeOf({ host, port: 5_432 })).toBe(place);
});
