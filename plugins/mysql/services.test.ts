import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bracket, expectWithin } from "../../scripts/services/bracket";
import { describeService } from "../../scripts/services/describe-service";
import { makeCertificates } from "../../server/collect/doors/test-certificates";
import { type Mariadb, startMariadb } from "./test-mariadb";

describeService("mysql", "MariaDB", (service) => {
  let db: Mariadb;
  const collect = (more: Record<string, unknown> = {}) => service.collect({ ...db.config, ...more });
  const { caPem, otherName } = makeCertificates();

  beforeAll(async () => {
    const [cert, key] = [join(service.folder, "cert.pem"), join(service.folder, "key.pem")];
    writeFileSync(cert, otherName.cert);
    writeFileSync(key, otherName.key);
    const tls = [`--ssl-cert=${cert}`, `--ssl-key=${key}`];
    const log = [`--log-bin=${join(service.folder, "bin")}`, "--server-id=1"];
    db = await startMariadb(service, "primary", "--max-connections=20", ...tls, ...log);
    await db.execute("create database shop; create table shop.orders (id int primary key, note text)");
  });

  test("counts the statements that were made, and knows sizes as they are", async () => {
    const before = await collect();
    await db.execute("insert into shop.orders values (1, 'a'), (2, 'b'), (3, 'c')");
    await db.execute("insert into shop.orders select id + 100, note from shop.orders");
    for (let turn = 0; turn < 5; turn++) await db.execute("update shop.orders set note = 'y'");
    await db.execute("delete from shop.orders where id = 3");
    const after = await collect();
    expect([after.failure, after.partial]).toEqual([undefined, []]);
    const grown = (command: string) =>
      (after.value("mysql_commands_total", { command }) ?? 0) -
      (before.value("mysql_commands_total", { command }) ?? 0);
    expect([grown("insert"), grown("insert_select"), grown("update"), grown("delete")]).toEqual([1, 1, 5, 1]);
    const files = readdirSync(service.folder).filter((name) => /^bin\.\d+$/.test(name));
    const bytes = files.reduce((sum, name) => sum + statSync(join(service.folder, name)).size, 0);
    expect(after.value("mysql_binlog_size_bytes")).toBe(bytes);
    expect(after.value("mysql_database_size_bytes", { database: "shop" })).toBe(16_384);
    expect(after.value("mysql_connections_max")).toBe(20);
    expect(after.labels("mysql_info")).toMatchObject({ flavour: "mariadb" });
    const pool = ["clean", "dirty", "free", "other"].map((state) => after.value("mysql_buffer_pool_bytes", { state }));
    expect(pool.reduce((sum: number, value) => sum + (value ?? 0), 0)).toBeGreaterThan(100 * 1_048_576);
  });

  test("sees connections, a long statement, a lock and a slow query", async () => {
    await service.until(async () => (await collect()).value("mysql_longest_query_seconds") === 0);
    const clients = await Promise.all(Array.from({ length: 6 }, db.connect));
    const [holder, waiter, sleeper] = clients;
    await holder?.query("begin; select * from shop.orders where id = 1 for update");
    const waiting = waiter?.query("update shop.orders set note = 'z' where id = 1");
    const sleeping = sleeper?.query("set long_query_time = 1; select sleep(3)");
    await service.until(async () => (await collect()).value("mysql_row_lock_waits_total") === 1);
    // The connection of an earlier run may take a moment to end.
    let busy = await collect();
    await service.until(async () => {
      busy = await collect();
      return (busy.value("mysql_longest_query_seconds") ?? 0) >= 1 && busy.value("mysql_connections") === 7;
    });
    expect(busy.value("mysql_connections_used_ratio")).toBeCloseTo(7 / 20);
    await holder?.query("rollback");
    await Promise.all([waiting, sleeping]);
    await Promise.all(clients.map((client) => client.end()));
    await service.until(async () => (await collect()).value("mysql_connections") === 1);
    // The update waited for its lock, which is not counted as slow; the sleep is.
    expect((await collect()).value("mysql_slow_queries_total")).toBeGreaterThanOrEqual(1);
    expect((await collect()).value("mysql_connections_peak")).toBeGreaterThanOrEqual(7);
  });

  test("counts a deadlock", async () => {
    const [one, two] = [await db.connect(), await db.connect()];
    await one.query("begin; update shop.orders set note = '1' where id = 1");
    await two.query("begin; update shop.orders set note = '2' where id = 2");
    const crossing = one.query("update shop.orders set note = '1' where id = 2").catch(() => {});
    await two.query("update shop.orders set note = '2' where id = 1").catch(() => {});
    await crossing;
    await Promise.all([one.end(), two.end()]);
    expect((await collect()).value("mysql_deadlocks_total")).toBe(1);
  });

  test("connects by socket, and by TLS as strictly as is wanted", async () => {
    expect((await collect({ socketPath: db.socketPath })).failure).toBeUndefined();
    const ssl = async (mode: string, more = {}) => (await collect({ ssl: mode, caPem, ...more })).failure?.reason;
    expect([await ssl("off"), await ssl("preferred"), await ssl("required")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await ssl("verify")).toBe("tls");
    expect(await ssl("verify", { serverName: "other.test" })).toBeUndefined();
    expect(await ssl("verify", { serverName: "other.test", caPem: undefined })).toBe("tls");
  });

  test("a user without privileges reads what it may, and says what is missing", async () => {
    const seen = await collect({ user: "nobody" });
    expect(seen.failure).toBeUndefined();
    expect(seen.partial.map(({ reason }) => reason)).toEqual(["permission", "permission", "permission"]);
    expect(seen.value("mysql_questions_total")).toBeGreaterThan(0);
    expect(seen.value("mysql_longest_query_seconds")).toBeUndefined();
    expect((await collect({ password: "wrong-secret" })).failure?.reason).toBe("auth");
  });

  test("agrees with an independent exporter: equal where nothing moves, else within what both cause", async () => {
    const port = await service.port();
    await service.start(
      join(service.unpacked("prometheus-mysqld-exporter"), "usr/bin/prometheus-mysqld-exporter"),
      [`--web.listen-address=127.0.0.1:${port}`],
      { port, env: { DATA_SOURCE_NAME: `unity:${db.config.password}@tcp(127.0.0.1:${db.port})/` } },
    );
    const look = () => bracket(port, () => collect());
    await look();
    const { result: ours, range } = await look();
    for (const [metric, name] of [
      ["mysql_connections_max", "mysql_global_variables_max_connections"],
      ["mysql_connections_peak", "mysql_global_status_max_used_connections"],
      ["mysql_slow_queries_total", "mysql_global_status_slow_queries"],
      ["mysql_row_lock_waits_total", "mysql_global_status_innodb_row_lock_waits"],
      ["mysql_deadlocks_total", "mysql_global_status_innodb_deadlocks"],
      ["mysql_aborted_connects_total", "mysql_global_status_aborted_connects"],
      ["mysql_access_denied_total", "mysql_global_status_access_denied_errors"],
      ["mysql_buffer_pool_reads_total", "mysql_global_status_innodb_buffer_pool_reads"],
      ["mysql_read_only", "mysql_global_variables_read_only"],
    ] as const)
      expectWithin(metric, ours.value(metric), range(name));
    for (const command of ["insert", "update", "delete", "create_table", "rollback"]) {
      const theirs = range("mysql_global_status_commands_total", { command });
      expectWithin(command, ours.value("mysql_commands_total", { command }), theirs);
    }
    for (const [metric, name, labels] of [
      ["mysql_questions_total", "mysql_global_status_questions", {}],
      ["mysql_connections_total", "mysql_global_status_connections", {}],
      ["mysql_bytes_total", "mysql_global_status_bytes_received", { direction: "in" }],
      ["mysql_uptime_seconds", "mysql_global_status_uptime", {}],
    ] as const)
      expectWithin(metric, ours.value(metric, labels), range(name));
    // The server may still be at work on its pages.
    await service.until(async () => {
      const { result, range: pagesOf } = await look();
      const pages = pagesOf("mysql_global_status_buffer_pool_pages", { state: "free" })?.low ?? Number.NaN;
      const pageBytes = pagesOf("mysql_global_status_innodb_page_size")?.low ?? Number.NaN;
      return result.value("mysql_buffer_pool_bytes", { state: "free" }) === pages * pageBytes;
    });
  });

  test("says goodbye, refuses to wait for ever, and notices that the server is gone", async () => {
    const aborted = (await collect()).value("mysql_aborted_clients_total");
    for (let turn = 0; turn < 3; turn++) await collect();
    expect((await collect()).value("mysql_aborted_clients_total")).toBe(aborted);
    db.server.kill("SIGSTOP");
    expect((await collect({ statementTimeoutMs: 200 })).failure?.reason).toBe("timeout");
    db.server.kill("SIGCONT");
    await db.server.stop();
    expect((await collect()).failure?.reason).toBe("unreachable");
  });
});

describeService("mysql", "MariaDB replica", (service) => {
  let primary: Mariadb;
  let replica: Mariadb;
  const collect = () => service.collect(replica.config);
  const running = { channel: "default", thread: "sql" };

  beforeAll(async () => {
    primary = await startMariadb(service, "primary", `--log-bin=${join(service.folder, "bin")}`, "--server-id=1");
    replica = await startMariadb(service, "replica", "--server-id=2", "--read-only=1");
    await primary.execute(
      "create user repl@'127.0.0.1' identified by 'repl-secret'; grant replication slave on *.* to repl@'127.0.0.1'",
    );
    await replica.execute(`change master to master_host = '127.0.0.1', master_port = ${primary.port}, master_user = 'repl',
      master_password = 'repl-secret', master_connect_retry = 1, master_use_gtid = slave_pos; start slave`);
    await service.until(async () => (await collect()).value("mysql_replica_lag_seconds") === 0);
  });

  test("runs, is read-only, and falls behind while it is held up", async () => {
    const seen = await collect();
    expect(seen.value("mysql_replica_running", running)).toBe(1);
    expect(seen.value("mysql_replica_running", { channel: "default", thread: "io" })).toBe(1);
    expect(seen.value("mysql_read_only")).toBe(1);
    const admin = await replica.connect();
    await primary.execute("create database shop; create table shop.t (id int)");
    await service.until(async () => (await collect()).value("mysql_replica_lag_seconds") === 0);
    await admin.query("flush tables with read lock");
    await primary.execute("insert into shop.t values (1)");
    await service.until(async () => ((await collect()).value("mysql_replica_lag_seconds") ?? 0) >= 1);
    await admin.query("unlock tables");
    await admin.end();
    await service.until(async () => (await collect()).value("mysql_replica_lag_seconds") === 0);
  });

  test("says that it broke, without the statement that broke it", async () => {
    await replica.execute("set sql_log_bin = 0; create user anna identified by 'her-own-secret'");
    await primary.execute("create user anna identified by 'another-secret'");
    let seen = await collect();
    await service.until(async () => {
      seen = await collect();
      return seen.value("mysql_replica_running", running) === 0;
    });
    expect(seen.value("mysql_replica_lag_seconds")).toBeUndefined();
    expect(JSON.stringify(seen.inventory)).toContain("CREATE USER failed");
    expect(JSON.stringify(seen.inventory)).not.toContain("another-secret");
  });

  test("notices that its primary is gone", async () => {
    await primary.server.stop();
    const io = { channel: "default", thread: "io" };
    await service.until(async () => (await collect()).value("mysql_replica_running", io) === 0);
  });
});
