import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { type Scraped, scrapeExporter } from "../../scripts/services/scrape-exporter";
import type { Service } from "../../scripts/services/service";
import { type Cluster, PASSWORD, startCluster } from "./test-cluster";

/** What an independent exporter sees, as the same role. */
async function startExporter(service: Service, server: number): Promise<() => Promise<Scraped>> {
  const port = await service.port();
  await service.start(
    join(service.unpacked("prometheus-postgres-exporter"), "usr/bin/prometheus-postgres-exporter"),
    [`--web.listen-address=127.0.0.1:${port}`],
    { port, env: { DATA_SOURCE_NAME: `postgresql://unity:${PASSWORD}@127.0.0.1:${server}/postgres?sslmode=disable` } },
  );
  return () => scrapeExporter(port);
}

const configOf = (port: number) => ({ host: "127.0.0.1", port, user: "unity", password: PASSWORD });

describeService("postgres", "PostgreSQL", (service) => {
  let cluster: Cluster;
  let scrape: () => Promise<Scraped>;
  const collect = () => service.collect(configOf(cluster.ports.primary));
  const shop = { database: "shop" };

  beforeAll(async () => {
    cluster = await startCluster();
    const [said] = await cluster.execute("show server_version");
    service.version(`PostgreSQL ${said?.server_version}`);
    scrape = await startExporter(service, cluster.ports.primary);
  }, 120_000);
  afterAll(() => cluster?.remove(), 60_000);

  test("agrees with an independent exporter on what nobody changes meanwhile: to the number", async () => {
    const before = await collect();
    await cluster.execute("insert into orders select n, repeat('x', 100) from generate_series(1, 500) n");
    await cluster.execute("update orders set note = 'y' where id <= 30; delete from orders where id > 480");
    await cluster.execute("begin; insert into orders values (9999, 'z'); rollback");
    // Sessions tell what they did when they end; after that this database is left alone.
    await service.until(async () => (await collect()).value("postgres_rows_total", { ...shop, op: "deleted" }) === 20);
    const [ours, theirs] = [await collect(), await scrape()];
    expect([ours.failure, ours.partial]).toEqual([undefined, []]);
    for (const [metric, labels, name] of [
      ["postgres_rows_total", { op: "inserted" }, "pg_stat_database_tup_inserted"],
      ["postgres_rows_total", { op: "updated" }, "pg_stat_database_tup_updated"],
      ["postgres_rows_total", { op: "deleted" }, "pg_stat_database_tup_deleted"],
      ["postgres_transactions_total", { result: "commit" }, "pg_stat_database_xact_commit"],
      ["postgres_transactions_total", { result: "rollback" }, "pg_stat_database_xact_rollback"],
      ["postgres_blocks_hit_total", {}, "pg_stat_database_blks_hit"],
      ["postgres_blocks_read_total", {}, "pg_stat_database_blks_read"],
      ["postgres_deadlocks_total", {}, "pg_stat_database_deadlocks"],
      ["postgres_conflicts_total", {}, "pg_stat_database_conflicts"],
      ["postgres_temp_bytes_total", {}, "pg_stat_database_temp_bytes"],
      ["postgres_database_size_bytes", {}, "pg_database_size_bytes"],
    ] as const)
      expect([metric, labels, ours.value(metric, { ...shop, ...labels })]).toEqual([
        metric,
        labels,
        theirs(name, { datname: "shop" }),
      ]);
    const inserted = { ...shop, op: "inserted" };
    const grown =
      (ours.value("postgres_rows_total", inserted) ?? 0) - (before.value("postgres_rows_total", inserted) ?? 0);
    expect(grown).toBe(501);
    expect(ours.value("postgres_checkpoints_total", { kind: "timed" })).toBe(
      theirs("pg_stat_bgwriter_checkpoints_timed_total"),
    );
    // What is reserved for superusers is not for ordinary users: ours counts without it.
    const reserved = theirs("pg_settings_superuser_reserved_connections") ?? Number.NaN;
    expect(ours.value("postgres_connections_max")).toBe((theirs("pg_settings_max_connections") ?? 0) - reserved);
  });

  test("counts the same clients by their state", async () => {
    const clients = [cluster.connect("shop"), cluster.connect("shop"), cluster.connect("shop")];
    const [busy, ...idle] = clients;
    await busy?.unsafe("begin; select 1");
    for (const client of idle) await client.unsafe("select 1");
    const [ours, theirs] = [await collect(), await scrape()];
    for (const [state, count] of [
      ["idle", 2],
      ["idle in transaction", 1],
    ] as const) {
      expect(ours.value("postgres_connections", { ...shop, state })).toBe(count);
      expect(theirs("pg_stat_activity_count", { datname: "shop", state })).toBe(count);
    }
    await Promise.all(clients.map((client) => client.end()));
  });

  test("measures the same distance to a standby that has stopped replaying, within 64 KiB", async () => {
    const admin = cluster.connect("postgres", cluster.ports.standby);
    await admin.unsafe("select pg_wal_replay_pause()");
    await cluster.execute("insert into orders select n, repeat('x', 500) from generate_series(10000, 14000) n");
    const lag = async () => (await collect()).value("postgres_replication_lag_bytes", { client: "standby1" }) ?? 0;
    await service.until(async () => (await lag()) > 1e6);
    const theirs = (await scrape())("pg_stat_replication_pg_wal_lsn_diff", { application_name: "standby1" });
    expect(Math.abs((await lag()) - (theirs ?? Number.NaN))).toBeLessThan(65_536);
    await admin.unsafe("select pg_wal_replay_resume()");
    await admin.end();
  });

  test("a wrong password is told", async () => {
    const wrong = { ...configOf(cluster.ports.primary), password: "wrong-secret" };
    expect((await service.collect(wrong)).failure?.reason).toBe("auth");
  });
});

describeService("postgres", "Standby", (service) => {
  test("is known as one, tells how long it is behind, and when it is gone", async () => {
    const cluster = await startCluster();
    try {
      const [said] = await cluster.execute("show server_version");
      service.version(`PostgreSQL ${said?.server_version}`);
      const config = configOf(cluster.ports.standby);
      await service.until(async () => (await service.collect(config)).value("postgres_standby_streaming") === 1);
      const admin = cluster.connect("postgres", cluster.ports.standby);
      await cluster.execute("insert into orders values (1, 'a')");
      await admin.unsafe("select pg_wal_replay_pause()");
      await cluster.execute("insert into orders values (2, 'b')");
      await service.until(
        async () => ((await service.collect(config)).value("postgres_standby_lag_seconds") ?? 0) >= 1,
      );
      const seen = await service.collect(config);
      expect(seen.value("postgres_in_recovery")).toBe(1);
      expect(seen.labels("postgres_info")).toMatchObject({ role: "standby" });
      await admin.unsafe("select pg_wal_replay_resume()");
      await admin.end();
      cluster.stop("standby");
      expect((await service.collect(config)).failure?.reason).toBe("unreachable");
    } finally {
      await cluster.remove();
    }
  }, 180_000);
});
