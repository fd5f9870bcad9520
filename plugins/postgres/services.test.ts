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

/** It only asks for the pause, which comes a moment later. */
async function pauseReplay(service: Service, admin: ReturnType<Cluster["connect"]>): Promise<void> {
  await admin.unsafe("select pg_wal_replay_pause()");
  await service.until(async () => {
    const [told] = await admin.unsafe("select pg_get_wal_replay_pause_state() as state");
    return told?.state === "paused";
  });
}

const configOf = (port: number) => ({ host: "127.0.0.1", port, user: "unity", password: PASSWORD });

describeService("postgres", "PostgreSQL", (service) => {
  let cluster: Cluster;
  let scrape: () => Promise<Scraped>;
  const collect = () => service.collect(configOf(cluster.ports.primary));
  const shop = { database: "shop" };
  /** A session tells what it did before it is gone from this list. */
  const untilLeftAlone = () =>
    service.until(async () => {
      const left = await cluster.execute("select 1 from pg_stat_activity where datname = 'shop'", "postgres");
      return left.length === 0;
    });

  beforeAll(async () => {
    cluster = await startCluster();
    const [said] = await cluster.execute("show server_version");
    service.version(`PostgreSQL ${said?.server_version}`);
    scrape = await startExporter(service, cluster.ports.primary);
  });
  afterAll(() => cluster?.remove());

  test("agrees with an independent exporter on what nobody changes meanwhile: to the number", async () => {
    await untilLeftAlone();
    const before = await collect();
    await cluster.execute("insert into orders select n, repeat('x', 100) from generate_series(1, 500) n");
    await cluster.execute("update orders set note = 'y' where id <= 30; delete from orders where id > 480");
    await cluster.execute("begin; insert into orders values (9999, 'z'); rollback");
    // Sessions tell what they did when they end; after that this database is left alone.
    await untilLeftAlone();
    const [ours, theirs] = [await collect(), await scrape()];
    expect([ours.failure, ours.partial]).toEqual([undefined, []]);
    expect(ours.value("postgres_rows_total", { ...shop, op: "deleted" })).toBe(20);
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
    await untilLeftAlone();
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
    await pauseReplay(service, admin);
    await cluster.execute("insert into orders select n, repeat('x', 500) from generate_series(10000, 14000) n");
    const lag = async () => (await collect()).value("postgres_replication_lag_bytes", { client: "standby1" }) ?? 0;
    // The standby tells where it is when it received something, and every ten seconds.
    await service.until(async () => {
      const theirs = (await scrape())("pg_stat_replication_pg_wal_lsn_diff", { application_name: "standby1" });
      const ours = await lag();
      expect(ours).toBeGreaterThan(1e6);
      expect(Math.abs(ours - (theirs ?? Number.NaN))).toBeLessThan(65_536);
      return true;
    });
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
      // It knows how long it is behind once it has replayed a commit.
      await service.until(
        async () => (await admin.unsafe("select 1 where pg_last_xact_replay_timestamp() is not null")).length === 1,
      );
      await pauseReplay(service, admin);
      await cluster.execute("insert into orders values (2, 'b')");
      let seen = await service.collect(config);
      await service.until(async () => {
        seen = await service.collect(config);
        return (seen.value("postgres_standby_lag_seconds") ?? 0) >= 1;
      });
      expect(seen.value("postgres_in_recovery")).toBe(1);
      expect(seen.labels("postgres_info")).toMatchObject({ role: "standby" });
      await admin.unsafe("select pg_wal_replay_resume()");
      await admin.end();
      cluster.stop("standby");
      expect((await service.collect(config)).failure?.reason).toBe("unreachable");
    } finally {
      await cluster.remove();
    }
  });
});
