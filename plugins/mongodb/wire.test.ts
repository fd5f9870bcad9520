import { createServer as createHttp } from "node:http";
import { createServer, type Server } from "node:net";
import mongodb from "mongodb";
import { afterEach, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { validateReadings } from "../../server/collect/validate";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { type Answer, HELLO, startDouble } from "./test-mongo-double";

/** The official client library against a double that speaks the protocol: what it makes of answers, refusals and nonsense. */
const { Long, Timestamp } = mongodb;
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function collect(port: number, more: Record<string, unknown> = {}) {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal });
  const collected = await collectReadings(plugin, {
    config: { uri: `mongodb://127.0.0.1:${port}`, serverSelectionTimeoutMs: 1_000, ...more },
    ...{ doors, now: Date.now(), signal, memory: createMemory(() => Date.now()) },
    log: { debug: () => {}, warn: () => {} },
  });
  await close();
  expect(validateReadings(plugin, collected.readings).remarks).toEqual([]);
  const value = (metric: string, labels: Record<string, string> = {}) =>
    collected.readings.find(
      (one) => one.metric === metric && Object.entries(labels).every(([name, text]) => one.labels[name] === text),
    )?.value;
  return { ...collected, value };
}

async function double(answer: Answer) {
  const started = await startDouble(answer);
  stops.push(started.stop);
  return started;
}
async function listen(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

const REFUSED = { code: 13, codeName: "Unauthorized", errmsg: "Command serverStatus requires authentication" };
const unknown = (command: object) => ({ code: 59, errmsg: `no such command: '${Object.keys(command)[0]}'` });
const isHello = (command: object) => "hello" in command || "isMaster" in command || "ismaster" in command;
const STATUS = {
  ...{ host: "nas", version: "8.0.4", process: "mongod", uptime: 1_234 },
  connections: { current: 5, available: 838_855, totalCreated: Long.fromNumber(77), active: 2 },
  network: { bytesIn: Long.fromString("5000000000"), bytesOut: Long.fromNumber(2_000) },
  opcounters: { insert: Long.fromNumber(3), query: 2, update: 0, delete: 0, getmore: 0, command: 6 },
};

test("reads 64-bit numbers, instants and the oplog's timestamps", async () => {
  const at = Date.UTC(2026, 0, 1);
  const { port } = await double((db, command) => {
    if (isHello(command)) return { ...HELLO, setName: "rs0", secondary: false, hosts: ["a:1"], me: "a:1" };
    if ("serverStatus" in command) return STATUS;
    if ("replSetGetStatus" in command)
      return {
        set: "rs0",
        members: [
          { name: "a:1", stateStr: "PRIMARY", health: 1, optimeDate: new Date(at), self: true },
          { name: "b:1", stateStr: "SECONDARY", health: 1, optimeDate: new Date(at - 42_000) },
        ],
      };
    if ("find" in command) {
      const t = command.sort && JSON.stringify(command.sort).includes("-1") ? 9_000 : 1_000;
      return { cursor: { id: Long.ZERO, ns: "local.oplog.rs", firstBatch: [{ ts: new Timestamp({ t, i: 1 }) }] } };
    }
    if ("listDatabases" in command) return { databases: [{ name: "unifi", sizeOnDisk: Long.fromNumber(4_096) }] };
    if ("dbStats" in command && db === "unifi")
      return { objects: Long.fromNumber(10), storageSize: 4_096, indexSize: 12_288 };
    return unknown(command);
  });
  const seen = await collect(port);
  expect([seen.failure, seen.partial]).toEqual([undefined, []]);
  expect(seen.value("mongodb_connections_total")).toBe(77);
  expect(seen.value("mongodb_network_bytes_total", { direction: "in" })).toBe(5_000_000_000);
  expect(seen.value("mongodb_replication_lag_seconds", { member: "b:1" })).toBe(42);
  expect(seen.value("mongodb_oplog_window_seconds")).toBe(8_000);
  expect(seen.value("mongodb_database_index_bytes", { database: "unifi" })).toBe(12_288);
});

test("tells a server that wants a login from a user that lacks a role, and a wrong password", async () => {
  const wants = await double((_, command) => (isHello(command) ? HELLO : REFUSED));
  expect((await collect(wants.port)).failure).toMatchObject({ reason: "auth" });
  const refuses = await double((_, command) =>
    isHello(command) ? HELLO : { code: 18, codeName: "AuthenticationFailed", errmsg: "Authentication failed." },
  );
  const { failure } = await collect(refuses.port, { username: "unity", password: "canary-secret" });
  expect(failure).toMatchObject({ reason: "auth", hint: expect.any(String) });
  expect(JSON.stringify(failure)).not.toContain("canary-secret");
});

test("refuses a server that is too old", async () => {
  const old = await double(() => ({ ...HELLO, maxWireVersion: 6 }));
  expect((await collect(old.port)).failure?.reason).toBe("unsupported_version");
});

test("nothing that is not MongoDB is taken for it", async () => {
  const closed = await listen(createServer());
  await stops.pop()?.();
  expect((await collect(closed)).failure?.reason).toBe("unreachable");

  const web = await listen(createHttp((_, response) => response.end("<html></html>")));
  expect((await collect(web)).failure?.reason).toBe("protocol");

  const startedAt = performance.now();
  const silent = await listen(createServer((socket) => socket.resume().on("error", () => {})));
  expect((await collect(silent)).failure?.reason).toBe("timeout");
  expect(performance.now() - startedAt).toBeLessThan(5_000);

  const flood = createServer((socket) => {
    socket.on("error", () => {});
    socket.write("x".repeat(50_000_000));
  });
  expect((await collect(await listen(flood))).failure?.reason).toBe("protocol");
});
