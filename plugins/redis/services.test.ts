import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bracket, expectWithin } from "../../scripts/services/bracket";
import { describeService } from "../../scripts/services/describe-service";
import type { Service } from "../../scripts/services/service";

const ADMIN = "admin-secret";
const PASSWORD = "unity-secret";
/** The name of the snapshot may be changed while it runs. */
const ALLOW = ["--enable-protected-configs", "yes"];
const LOOK = "+ping +info +select +slowlog|len +latency|latest +config|get +cluster|info".split(" ");

async function startRedis(service: Service, name: string, ...more: string[]) {
  const port = await service.port();
  const place = ["--port", String(port), "--bind", "127.0.0.1", "--dir", service.folder, "--dbfilename", `${name}.rdb`];
  const server = await service.start("redis-server", [...place, ...more], { port });
  const version = await service.run("redis-server", ["--version"]);
  service.version(`Redis ${/v=(\S+)/.exec(version)?.[1] ?? version}`);
  const cli = (...command: string[]) =>
    service.run("redis-cli", ["-p", String(port), ...command], { env: { REDISCLI_AUTH: ADMIN } });
  return { port, server, cli };
}
type Redis = Awaited<ReturnType<typeof startRedis>>;

describeService("redis", "Redis", (service) => {
  let redis: Redis;
  const config = () => ({ host: "127.0.0.1", port: redis.port, username: "unity", password: PASSWORD });

  beforeAll(async () => {
    redis = await startRedis(
      service,
      "primary",
      "--requirepass",
      ADMIN,
      "--save",
      "900 100000",
      "--appendonly",
      "yes",
      ...ALLOW,
    );
    await redis.cli("acl", "setuser", "unity", "on", `>${PASSWORD}`, ...LOOK);
    await redis.cli("acl", "setuser", "half", "on", `>${PASSWORD}`, "+info", "+ping");
  });

  test("counts keys, hits and misses that were caused, with a user that sees no key", async () => {
    const before = await service.collect(config());
    for (const key of ["a", "b", "c"]) await redis.cli("set", key, "1");
    await redis.cli("expire", "c", "1000");
    await redis.cli("-n", "5", "set", "elsewhere", "1");
    for (const key of ["a", "a", "b", "nope"]) await redis.cli("get", key);
    await redis.cli("lpush", "a", "x");
    const after = await service.collect(config());
    expect([after.failure, after.partial]).toEqual([undefined, []]);
    const grown = (metric: string) => (after.value(metric) ?? 0) - (before.value(metric) ?? 0);
    expect(after.value("redis_keys", { db: "0" })).toBe(3);
    expect(after.value("redis_keys_expiring", { db: "0" })).toBe(1);
    expect(after.value("redis_keys", { db: "5" })).toBe(1);
    expect(grown("redis_keyspace_hits_total")).toBe(3);
    expect(grown("redis_keyspace_misses_total")).toBe(1);
    expect(grown("redis_connections_total")).toBeGreaterThanOrEqual(11);
    expect(after.value("redis_errors_total", { error: "WRONGTYPE" })).toBe(1);
    expect(after.value("redis_changes_since_save")).toBe(5);
    expect(after.value("redis_persistence_ok", { kind: "aof" })).toBe(1);
    expect(after.value("redis_ping_duration_seconds")).toBeGreaterThan(0);
    expect(after.labels("redis_info")).toMatchObject({ flavour: "redis", role: "master", mode: "standalone" });
  });

  test("sees a save, also one that fails", async () => {
    const begin = Math.floor(Date.now() / 1_000);
    await redis.cli("save");
    const saved = await service.collect(config());
    expect(saved.value("redis_changes_since_save")).toBe(0);
    expect(saved.value("redis_last_save_timestamp_seconds")).toBeGreaterThanOrEqual(begin);
    // A folder stands where the snapshot should go.
    await service.run("mkdir", ["-p", join(service.folder, "taken.rdb", "x")]);
    await redis.cli("config", "set", "dbfilename", "taken.rdb");
    await redis.cli("bgsave");
    const bad = async () => (await service.collect(config())).value("redis_persistence_ok", { kind: "rdb" }) === 0;
    await service.until(bad);
    await redis.cli("config", "set", "dbfilename", "primary.rdb");
    await redis.cli("bgsave");
    await service.until(async () => !(await bad()));
  });

  test("sees the limit of memory, and keys thrown out at it", async () => {
    await redis.cli("config", "set", "maxmemory-policy", "allkeys-random");
    await redis.cli("eval", "for i=1,6000 do redis.call('set','k'..i,string.rep('x',1000)) end", "0");
    await redis.cli("config", "set", "maxmemory", "4mb");
    let full = await service.collect(config());
    // It throws out a few at a time.
    await service.until(async () => {
      full = await service.collect(config());
      return (full.value("redis_keys_evicted_total") ?? 0) > 1_000;
    });
    expect(full.value("redis_memory_max_bytes")).toBe(4 * 1_048_576);
    expect(full.value("redis_memory_used_ratio")).toBeGreaterThan(0.5);
    expect(full.value("redis_keys_evicted_total")).toBeGreaterThan(1_000);
    expect(full.inventory?.facts).toMatchObject({ evictionPolicy: "allkeys-random" });
    // At its limit each connection throws out more.
    await redis.cli("config", "set", "maxmemory", "64mb");
  });

  test("counts slow commands", async () => {
    await redis.cli("slowlog", "reset");
    await redis.cli("config", "set", "slowlog-log-slower-than", "0");
    await redis.cli("get", "a");
    await redis.cli("config", "set", "slowlog-log-slower-than", "1000000");
    const { value } = await service.collect(config());
    // The read, and both settings.
    expect(value("redis_slowlog_length")).toBeGreaterThanOrEqual(2);
  });

  test("agrees with an independent exporter: equal where nothing moves, else within what both cause", async () => {
    const port = await service.port();
    await service.start(
      join(service.unpacked("prometheus-redis-exporter"), "usr/bin/prometheus-redis-exporter"),
      ["-web.listen-address", `127.0.0.1:${port}`, "-redis.addr", `redis://127.0.0.1:${redis.port}`],
      { port, env: { REDIS_PASSWORD: ADMIN } },
    );
    const look = () => bracket(port, () => service.collect(config()));
    await look();
    const { result: ours, range } = await look();
    for (const [metric, name] of [
      ["redis_memory_max_bytes", "redis_memory_max_bytes"],
      ["redis_keyspace_hits_total", "redis_keyspace_hits_total"],
      ["redis_keyspace_misses_total", "redis_keyspace_misses_total"],
      ["redis_keys_evicted_total", "redis_evicted_keys_total"],
      ["redis_keys_expired_total", "redis_expired_keys_total"],
      ["redis_connections_rejected_total", "redis_rejected_connections_total"],
      ["redis_changes_since_save", "redis_rdb_changes_since_last_save"],
      ["redis_slowlog_length", "redis_slowlog_length"],
      ["redis_replicas", "redis_connected_slaves"],
    ] as const)
      expect([metric, range(name)]).toEqual([metric, { low: ours.value(metric), high: ours.value(metric) }]);
    expectWithin("keys", ours.value("redis_keys", { db: "0" }), range("redis_db_keys", { db: "db0" }));
    expectWithin(
      "expiring",
      ours.value("redis_keys_expiring", { db: "0" }),
      range("redis_db_keys_expiring", { db: "db0" }),
    );
    for (const [metric, name, labels] of [
      ["redis_commands_total", "redis_commands_processed_total", {}],
      ["redis_network_bytes_total", "redis_net_input_bytes_total", { direction: "in" }],
      ["redis_uptime_seconds", "redis_uptime_in_seconds", {}],
      ["redis_cpu_seconds_total", "redis_cpu_user_seconds_total", { mode: "user" }],
    ] as const)
      expectWithin(metric, ours.value(metric, labels), range(name));
    const apart = (metric: string, name: string) =>
      Math.abs((ours.value(metric) ?? Number.NaN) - (range(name)?.low ?? Number.NaN));
    expect(apart("redis_memory_used_bytes", "redis_memory_used_bytes")).toBeLessThan(1_048_576);
    expect(apart("redis_memory_rss_bytes", "redis_memory_used_rss_bytes")).toBeLessThan(4 * 1_048_576);
  });

  test("says why it may not", async () => {
    expect((await service.collect({ ...config(), password: "wrong-secret" })).failure?.reason).toBe("auth");
    expect((await service.collect({ host: "127.0.0.1", port: redis.port })).failure?.reason).toBe("auth");
    const half = await service.collect({ ...config(), username: "half" });
    expect(half.partial.map(({ reason }) => reason)).toEqual(["permission", "permission"]);
    expect(half.value("redis_memory_used_bytes")).toBeGreaterThan(0);
  });

  test("ends when the server is paused, and says that one that stopped is unreachable", async () => {
    redis.server.kill("SIGSTOP");
    expect((await service.collect(config())).failure?.reason).toBe("timeout");
    redis.server.kill("SIGCONT");
    await service.until(async () => (await service.collect(config())).failure === undefined);
    await redis.server.stop();
    expect((await service.collect(config())).failure?.reason).toBe("unreachable");
  });
});

describeService("redis", "Replica", (service) => {
  let primary: Redis;
  let replica: Redis;
  const at = ({ port }: Redis) => service.collect({ host: "127.0.0.1", port });

  beforeAll(async () => {
    primary = await startRedis(service, "a", "--save", "", "--repl-diskless-sync-delay", "0");
    replica = await startRedis(service, "b", "--save", "", "--replicaof", `127.0.0.1 ${primary.port}`);
    await service.until(async () => (await at(replica)).value("redis_master_link_up") === 1);
  });

  test("is seen from both sides, and how far it is behind", async () => {
    const name = { replica: `127.0.0.1:${replica.port}` };
    await service.until(async () => {
      const seen = await at(primary);
      return seen.value("redis_replica_lag_bytes", name) === 0 && seen.value("redis_replicas") === 1;
    });
    expect((await at(replica)).labels("redis_info")).toMatchObject({ role: "slave" });
    expect((await at(replica)).inventory?.facts).toMatchObject({ replicatesFrom: `127.0.0.1:${primary.port}` });
    replica.server.kill("SIGSTOP");
    await primary.cli("set", "much", "x".repeat(50_000));
    expect((await at(primary)).value("redis_replica_lag_bytes", name)).toBeGreaterThan(50_000);
    replica.server.kill("SIGCONT");
    await service.until(async () => (await at(replica)).value("redis_keys", { db: "0" }) === 1);
  });

  test("notices that its master is gone", async () => {
    await primary.server.stop();
    await service.until(async () => (await at(replica)).value("redis_master_link_up") === 0);
  });
});

describeService("redis", "Cluster node", (service) => {
  test("tells whether all slots are served", async () => {
    const node = await startRedis(service, "c", "--save", "", "--cluster-enabled", "yes");
    const at = () => service.collect({ host: "127.0.0.1", port: node.port, cluster: true });
    expect((await at()).value("redis_cluster_ok")).toBe(0);
    await node.cli("cluster", "addslotsrange", "0", "16383");
    let seen = await at();
    await service.until(async () => {
      seen = await at();
      return seen.value("redis_cluster_ok") === 1;
    });
    expect(seen.inventory?.facts).toMatchObject({ mode: "cluster", clusterSlotsOk: 16_384 });
  });
});

describeService("redis", "Sentinel", (service) => {
  test("tells which masters are up", async () => {
    const master = await startRedis(service, "m", "--save", "");
    const port = await service.port();
    const file = join(service.folder, "sentinel.conf");
    const settings = `sentinel monitor shop 127.0.0.1 ${master.port} 1\nsentinel down-after-milliseconds shop 500\n`;
    writeFileSync(file, `port ${port}\nbind 127.0.0.1\n${settings}`);
    await service.start("redis-sentinel", [file], { port });
    const at = () => service.collect({ host: "127.0.0.1", port, sentinel: true });
    const untilMasterIs = async (ok: number) => {
      let seen = await at();
      await service.until(async () => {
        seen = await at();
        return seen.value("redis_sentinel_master_ok", { master: "shop" }) === ok;
      });
      return seen;
    };
    expect((await untilMasterIs(1)).value("redis_sentinel_masters", { status: "ok" })).toBe(1);
    expect((await service.collect({ host: "127.0.0.1", port: master.port, sentinel: true })).failure?.reason).toBe(
      "protocol",
    );
    await master.server.stop();
    expect((await untilMasterIs(0)).value("redis_sentinel_masters", { status: "ok" })).toBe(0);
  });
});
