import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { scrapeExporter } from "../../scripts/services/scrape-exporter";
import { HELLO, startDouble } from "./test-mongo-double";

/** Changes with every question, as a server that works does. */
function createState() {
  const state = { inserts: 40, current: 5, primary: true, laggingBy: 0 };
  const at = Date.UTC(2026, 0, 1);
  const answers: Readonly<Record<string, () => Record<string, unknown>>> = {
    hello: () => ({ ...HELLO, setName: "rs0" }),
    ismaster: () => ({ ...HELLO, setName: "rs0" }),
    ping: () => ({}),
    getnonce: () => ({ nonce: "2375531c32080ae8" }),
    buildinfo: () => ({ version: "6.0.4", versionArray: [6, 0, 4, 0], bits: 64, maxBsonObjectSize: 16_777_216 }),
    serverstatus: () => ({
      ...{ host: "nas", version: "6.0.4", process: "mongod", uptime: 1_234, localTime: new Date(at) },
      connections: { current: state.current, available: 100 - state.current, totalCreated: 77 },
      network: { bytesIn: 1_000, bytesOut: 2_000, numRequests: 33 },
      opcounters: { insert: state.inserts, query: 2, update: 3, delete: 4, getmore: 5, command: 6 },
      mem: { bits: 64, resident: 120, virtual: 2_700, supported: true },
      asserts: { regular: 1, warning: 2, msg: 3, user: 4, rollovers: 0 },
      extra_info: { page_faults: 9 },
      globalLock: {
        currentQueue: { total: 3, readers: 1, writers: 2 },
        activeClients: { total: 1, readers: 1, writers: 0 },
      },
      metrics: { cursor: { open: { total: 7, noTimeout: 0, pinned: 0 } } },
    }),
    replsetgetstatus: () => ({
      ...{ set: "rs0", date: new Date(at), myState: state.primary ? 1 : 2 },
      members: [
        {
          _id: 0,
          name: "a:1",
          state: 1,
          stateStr: state.primary ? "PRIMARY" : "SECONDARY",
          health: 1,
          optimeDate: new Date(at),
        },
        { _id: 1, name: "b:1", state: 2, stateStr: "SECONDARY", health: 1, optimeDate: new Date(at - state.laggingBy) },
      ],
    }),
    listdatabases: () => ({ databases: [{ name: "unifi", sizeOnDisk: 4_096 }] }),
    dbstats: () => ({ objects: 10, storageSize: 4_096, indexSize: 12_288, fsUsedSize: 50, fsTotalSize: 100 }),
  };
  const answer = (_: string, command: object) => {
    const name = Object.keys(command)[0] ?? "";
    return answers[name.toLowerCase()]?.() ?? { code: 59, errmsg: `no such command: '${name}'` };
  };
  return { state, answer };
}

describeService("mongodb", "MongoDB", (service) => {
  const { state, answer } = createState();
  let double: Awaited<ReturnType<typeof startDouble>>;
  const collect = (more = {}) => service.collect({ uri: `mongodb://127.0.0.1:${double.port}`, ...more });

  beforeAll(async () => {
    double = await startDouble(answer);
    service.version("a double, read by the official client library");
  });
  afterAll(() => double.stop());

  test("reads what changed, and the databases", async () => {
    const before = await collect();
    state.inserts += 3;
    state.current = 90;
    const after = await collect();
    const inserts = (seen: typeof after) => seen.value("mongodb_operations_total", { type: "insert" }) ?? 0;
    expect([after.failure, after.partial]).toEqual([undefined, []]);
    expect(inserts(after) - inserts(before)).toBe(3);
    expect(after.value("mongodb_connections_used_ratio")).toBe(0.9);
    expect(after.value("mongodb_database_index_bytes", { database: "unifi" })).toBe(12_288);
    expect(after.value("mongodb_fs_used_ratio")).toBe(0.5);
    expect(after.labels("mongodb_info")).toEqual({ version: "6.0.4", set: "rs0" });
  });

  test("sees a member fall behind, and the primary vanish", async () => {
    state.laggingBy = 90_000;
    expect((await collect()).value("mongodb_replication_lag_seconds", { member: "b:1" })).toBe(90);
    state.primary = false;
    const seen = await collect();
    expect(seen.value("mongodb_primary_present")).toBe(0);
    expect(seen.value("mongodb_replication_lag_seconds")).toBeUndefined();
    state.primary = true;
  });

  test("agrees with an independent exporter that reads the same double", async () => {
    const port = await service.port();
    await service.start(
      join(service.unpacked("prometheus-mongodb-exporter"), "usr/bin/prometheus-mongodb-exporter"),
      ["-mongodb.uri", `mongodb://127.0.0.1:${double.port}`, "-web.listen-address", `127.0.0.1:${port}`],
      { port },
    );
    // It takes connections before it has one of its own.
    let theirs = await scrapeExporter(port);
    await service.until(async () => {
      theirs = await scrapeExporter(port);
      return theirs("mongodb_instance_uptime_seconds") !== undefined;
    });
    const ours = await collect();
    // The double stands still in between, so all are equal.
    for (const [metric, labels, name, theirLabels] of [
      ["mongodb_connections", { state: "current" }, "mongodb_connections", { state: "current" }],
      ["mongodb_connections", { state: "available" }, "mongodb_connections", { state: "available" }],
      ["mongodb_connections_total", {}, "mongodb_connections_metrics_created_total", {}],
      ["mongodb_operations_total", { type: "insert" }, "mongodb_op_counters_total", { type: "insert" }],
      ["mongodb_network_bytes_total", { direction: "out" }, "mongodb_network_bytes_total", { state: "out_bytes" }],
      ["mongodb_queue", { kind: "writers" }, "mongodb_global_lock_current_queue", { type: "writer" }],
      ["mongodb_asserts_total", { kind: "user" }, "mongodb_asserts_total", { type: "user" }],
      ["mongodb_page_faults_total", {}, "mongodb_extra_info_page_faults_total", {}],
      ["mongodb_cursors_open", {}, "mongodb_metrics_cursor_open", { state: "total" }],
      ["mongodb_uptime_seconds", {}, "mongodb_instance_uptime_seconds", {}],
    ] as const)
      expect([metric, labels, ours.value(metric, labels)]).toEqual([metric, labels, theirs(name, theirLabels)]);
    expect(ours.value("mongodb_memory_resident_bytes")).toBe(
      (theirs("mongodb_memory", { type: "resident" }) ?? 0) * 1_048_576,
    );
  });

  test("a server that is gone is unreachable", async () => {
    await double.stop();
    expect((await collect({ serverSelectionTimeoutMs: 2_000 })).failure?.reason).toBe("unreachable");
    double = await startDouble(answer);
  });
});
