import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { validateReadings } from "../../server/collect/validate";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { type Cluster, PASSWORD, startCluster, whyNoCluster } from "./test-cluster";

/** A real primary with a streaming standby: what the plugin reads is what the test caused. */
const reason = whyNoCluster();
describe.skipIf(reason)(`a real primary and standby${reason ? ` (skipped: ${reason})` : ""}`, () => {
  let cluster: Cluster;

  async function collect(config: Record<string, unknown> = {}, memory = createMemory(() => Date.now())) {
    const { signal } = new AbortController();
    const { doors, close } = createDoors({ signal });
    const log = { debug: () => {}, warn: () => {} };
    const given = { host: "127.0.0.1", port: cluster.ports.primary, user: "unity", password: PASSWORD, ...config };
    const collected = await collectReadings(plugin, { config: given, doors, now: Date.now(), signal, memory, log });
    await close();
    expect(validateReadings(plugin, collected.readings).remarks).toEqual([]);
    const value = (metric: string, labels: Record<string, string> = {}) => {
      const found = collected.readings.find(
        (entry) =>
          entry.metric === metric && Object.entries(labels).every(([name, text]) => entry.labels[name] === text),
      );
      return typeof found?.value === "number" ? found.value : undefined;
    };
    return { ...collected, value };
  }
  type Seen = Awaited<ReturnType<typeof collect>>;
  const onStandby = () => ({ port: cluster.ports.standby });

  /** Collects until it is so; replication and statistics take their time. */
  async function until(isSo: (seen: Seen) => boolean, config: Record<string, unknown> = {}): Promise<Seen> {
    const deadline = performance.now() + 10_000;
    for (;;) {
      const seen = await collect(config);
      if (isSo(seen) || performance.now() > deadline) return seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  beforeAll(async () => {
    cluster = await startCluster();
    await until(({ value }) => value("postgres_replicas", { state: "streaming" }) === 1);
  }, 40_000);
  afterAll(async () => cluster?.remove(), 20_000);

  test("knows what it is, how large, and how it is set", async () => {
    const { value, inventory, partial } = await collect();
    const [said] = await cluster.execute(
      "select pg_database_size('shop')::float8 as bytes, split_part(version(), ' ', 2) as version",
    );
    expect(partial).toEqual([]);
    expect(value("postgres_info", { role: "primary", version: String(said?.version) })).toBe(1);
    expect(value("postgres_in_recovery")).toBe(0);
    expect(value("postgres_database_size_bytes", { database: "shop" })).toBe(said?.bytes);
    expect(value("postgres_wal_size_bytes")).toBeGreaterThanOrEqual(16 * 1_048_576);
    expect(value("postgres_connections_max")).toBe(27);
    expect(value("postgres_start_timestamp_seconds")).toBeGreaterThan(Date.now() / 1_000 - 120);
    expect(inventory?.facts).toMatchObject({ role: "primary", databases: 2, replicas: 1 });
    expect(inventory?.lists?.settings).toContainEqual({ setting: "shared_buffers", value: "16MB" });
  });

  test("counts the rows and transactions that were made", async () => {
    const before = await collect();
    await cluster.execute("insert into orders select n, 'x' from generate_series(1, 1000) n");
    await cluster.execute("update orders set note = 'y' where id <= 30");
    await cluster.execute("delete from orders where id <= 7");
    await cluster.execute("begin; insert into orders values (5000, 'z'); rollback");
    const rows = (seen: Seen, op: string) => seen.value("postgres_rows_total", { database: "shop", op }) ?? 0;
    const after = await until((seen) => rows(seen, "inserted") - rows(before, "inserted") >= 1_001);
    // A row that was rolled back was inserted all the same.
    expect(rows(after, "inserted") - rows(before, "inserted")).toBe(1_001);
    expect(rows(after, "updated") - rows(before, "updated")).toBe(30);
    expect(rows(after, "deleted") - rows(before, "deleted")).toBe(7);
    const ended = (seen: Seen, result: string) =>
      seen.value("postgres_transactions_total", { database: "shop", result }) ?? 0;
    expect(ended(after, "rollback") - ended(before, "rollback")).toBe(1);
    expect(ended(after, "commit") - ended(before, "commit")).toBeGreaterThanOrEqual(3);
    const share = after.readings.find(({ metric }) => metric === "postgres_cache_hit_ratio")?.value;
    expect(share).toMatchObject({ part: expect.any(Number), whole: expect.any(Number) });
  });

  test("sees who waits for a lock, and who left a transaction open", async () => {
    const calm = await collect();
    expect(calm.value("postgres_locks_waiting")).toBe(0);
    expect(calm.value("postgres_longest_idle_in_transaction_seconds")).toBe(0);
    const holder = cluster.connect("shop");
    const waiter = cluster.connect("shop");
    await holder.unsafe("begin; lock table orders in access exclusive mode");
    const waiting = waiter.unsafe("select count(*) from orders").execute();
    const seen = await until(({ value }) => value("postgres_backends_blocked") === 1);
    expect(seen.value("postgres_backends_blocked")).toBe(1);
    expect(seen.value("postgres_locks_waiting")).toBe(1);
    expect(seen.value("postgres_connections", { database: "shop", state: "idle in transaction" })).toBe(1);
    expect(seen.value("postgres_connections", { database: "shop", state: "active" })).toBe(1);
    expect(seen.value("postgres_connections_used")).toBe(3);
    expect(seen.value("postgres_longest_idle_in_transaction_seconds")).toBeGreaterThan(0);
    expect(seen.value("postgres_longest_transaction_seconds")).toBeGreaterThanOrEqual(
      seen.value("postgres_longest_idle_in_transaction_seconds") ?? 0,
    );
    await holder.unsafe("rollback");
    await waiting;
    await Promise.all([holder.end(), waiter.end()]);
    const after = await until(({ value }) => value("postgres_connections_used") === 1);
    expect(after.value("postgres_locks_waiting")).toBe(0);
    expect(after.value("postgres_longest_idle_in_transaction_seconds")).toBe(0);
  });

  test("measures the standby from both sides", async () => {
    const idle = await until(({ value }) => value("postgres_standby_lag_seconds") === 0, onStandby());
    expect(idle.value("postgres_info", { role: "standby" })).toBe(1);
    expect(idle.value("postgres_in_recovery")).toBe(1);
    expect(idle.value("postgres_standby_streaming")).toBe(1);
    expect(idle.inventory?.facts?.replicatesFrom).toBe(`127.0.0.1:${cluster.ports.primary}`);
    const admin = cluster.connect("postgres", cluster.ports.standby);
    await admin.unsafe("select pg_wal_replay_pause()");
    await cluster.execute("insert into orders select n, repeat('x', 500) from generate_series(10000, 12000) n");
    const behind = await until(
      ({ value }) => (value("postgres_replication_lag_bytes", { client: "standby1" }) ?? 0) > 1e6,
    );
    expect(behind.value("postgres_replication_lag_bytes", { client: "standby1" })).toBeGreaterThan(1e6);
    const late = await until(({ value }) => (value("postgres_standby_lag_seconds") ?? 0) > 0, onStandby());
    expect(late.value("postgres_standby_lag_seconds")).toBeGreaterThan(0);
    await admin.unsafe("select pg_wal_replay_resume()");
    await admin.end();
    const even = await until(({ value }) => value("postgres_replication_lag_bytes", { client: "standby1" }) === 0);
    expect(even.value("postgres_replication_lag_bytes", { client: "standby1" })).toBe(0);
  }, 30_000);

  test("a role without pg_monitor reads what it may, and says what is missing", async () => {
    const { value, partial, failure } = await collect({ user: "nobody" });
    expect(failure).toBeUndefined();
    expect(partial).toMatchObject([{ reason: "permission" }]);
    expect(value("postgres_transactions_total", { database: "shop", result: "commit" })).toBeGreaterThan(0);
    expect(value("postgres_longest_transaction_seconds")).toBeUndefined();
  });

  test.each([
    ["a wrong password", { password: "wrong-secret" }, "auth"],
    ["an unknown database", { database: "nope" }, "not_found"],
    ["an unknown CA", { sslMode: "verify-ca" }, "tls"],
    ["no socket in the folder", { host: "/var/empty" }, "not_found"],
  ])("fails well with %s", async (_, config, why) => {
    const { failure } = await collect(config);
    expect(failure).toMatchObject({ reason: why, hint: expect.any(String) });
  });

  test("connects by socket, and by TLS as strictly as is wanted", async () => {
    const ssl = (sslMode: string, rest = {}) => collect({ sslMode, caPem: cluster.caPem, ...rest });
    expect((await collect({ host: cluster.folder })).failure).toBeUndefined();
    for (const mode of ["disable", "prefer", "require", "verify-ca"]) expect((await ssl(mode)).failure).toBeUndefined();
    expect((await ssl("verify-full")).failure?.reason).toBe("tls");
    expect((await ssl("verify-full", { serverName: "other.test" })).failure).toBeUndefined();
  });

  test("ends with its run, also when a port takes connections and says nothing", async () => {
    const silent = createServer((socket) => socket.resume().on("error", () => {}));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const startedAt = performance.now();
    expect((await collect({ port, connectTimeoutMs: 300 })).failure?.reason).toBe("timeout");
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await new Promise((resolve) => silent.close(resolve));
  });

  test("notices that the replica vanished, and the WAL kept for it", async () => {
    cluster.stop("standby");
    await cluster.execute("insert into orders select n, repeat('x', 500) from generate_series(20000, 24000) n");
    const seen = await until(({ value }) => value("postgres_slot_active", { slot: "slot1" }) === 0);
    expect(seen.value("postgres_replicas", { state: "streaming" })).toBe(0);
    expect(seen.value("postgres_slot_active", { slot: "slot1" })).toBe(0);
    expect(seen.value("postgres_slot_retained_bytes", { slot: "slot1" })).toBeGreaterThan(1e6);
    expect((await collect(onStandby())).failure?.reason).toBe("unreachable");
  });

  test("leaves no trace of lost connections in the server's log", async () => {
    await collect();
    const log = readFileSync(join(cluster.folder, "primary.log"), "utf8");
    expect(log).not.toMatch(/could not receive data|unexpected EOF on client/);
  });
});
