import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";

const ADMIN = "admin-secret";
const PASSWORD = "unity-secret";

describeService("influxdb", "InfluxDB 1", (service) => {
  let url: string;
  let server: Awaited<ReturnType<typeof service.start>>;
  const basic = `Basic ${Buffer.from(`admin:${ADMIN}`).toString("base64")}`;
  const query = async (text: string) =>
    (
      await fetch(`${url}/query`, {
        method: "POST",
        body: new URLSearchParams({ q: text }),
        headers: { authorization: basic },
      })
    ).text();
  const write = async (database: string, lines: string) =>
    (await fetch(`${url}/write?db=${database}`, { method: "POST", body: lines, headers: { authorization: basic } }))
      .status;
  const collect = (more: Record<string, unknown> = {}) =>
    service.collect({ url, username: "unity", password: PASSWORD, ...more });

  beforeAll(async () => {
    const [port, backup] = [await service.port(), await service.port()];
    url = `http://127.0.0.1:${port}`;
    const file = join(service.folder, "influxdb.conf");
    const folder = (name: string) => JSON.stringify(join(service.folder, name));
    writeFileSync(
      file,
      `reporting-disabled = true
bind-address = "127.0.0.1:${backup}"
[meta]
  dir = ${folder("meta")}
[data]
  dir = ${folder("data")}
  wal-dir = ${folder("wal")}
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  auth-enabled = true
`,
    );
    server = await service.start("influxd", ["-config", file], { port });
    service.version((await service.run("influxd", ["version"])).replace(/^(InfluxDB v\S+).*$/s, "$1"));
    // The first user may be made without a login, and must be an admin.
    expect(await query(`CREATE USER admin WITH PASSWORD '${ADMIN}' WITH ALL PRIVILEGES`)).not.toContain("error");
    for (const name of ["shop", "home", "secret"]) await query(`CREATE DATABASE ${name}`);
    await query(`CREATE USER unity WITH PASSWORD '${PASSWORD}'`);
    await query("GRANT READ ON shop TO unity; GRANT READ ON home TO unity");
  });

  test("counts what was written, per database, and lists what the user may see", async () => {
    const before = await collect();
    expect(await write("shop", "cpu,host=a v=1\ncpu,host=b v=2\nmem,host=a v=3")).toBe(204);
    expect(await write("home", "temperature v=21.5")).toBe(204);
    const after = await collect();
    expect([after.failure, after.partial]).toEqual([undefined, []]);
    const grown = (metric: string, labels = {}) =>
      (after.value(metric, labels) ?? 0) - (before.value(metric, labels) ?? 0);
    expect(grown("influxdb_points_written_total")).toBe(4);
    expect(grown("influxdb_http_requests_total", { kind: "write" })).toBe(2);
    expect(after.value("influxdb_series", { database: "shop" })).toBe(3);
    expect(after.value("influxdb_measurements", { database: "shop" })).toBe(2);
    expect(after.value("influxdb_series", { database: "home" })).toBe(1);
    expect(after.value("influxdb_disk_bytes", { database: "shop" })).toBeGreaterThan(0);
    expect(after.value("influxdb_wal_bytes")).toBeGreaterThan(0);
    // Three there are; the user may read two.
    expect(after.value("influxdb_databases")).toBe(2);
    expect(after.value("influxdb_ready")).toBe(1);
  });

  test("counts points of a wrong type, wrong logins and requests that were refused", async () => {
    const before = await collect();
    expect(await write("shop", 'cpu,host=a v="text"\ncpu,host=a w=1')).toBe(400);
    expect(await write("nowhere", "cpu v=1")).toBe(404);
    expect((await collect({ password: "wrong-secret" })).failure?.reason).toBe("auth");
    let after = await collect();
    const grown = (metric: string, labels = {}) =>
      (after.value(metric, labels) ?? 0) - (before.value(metric, labels) ?? 0);
    // It answers first and counts then.
    await service.until(async () => {
      after = await collect();
      return grown("influxdb_http_errors_total", { side: "client" }) >= 2;
    });
    expect(grown("influxdb_points_dropped_total")).toBe(1);
    expect(grown("influxdb_auth_failures_total")).toBe(1);
  });

  test("counts queries and the time they took", async () => {
    const before = await collect();
    for (let turn = 0; turn < 3; turn++) await query("SELECT * FROM shop.autogen.cpu");
    const after = await collect();
    const grown = (metric: string) => (after.value(metric) ?? 0) - (before.value(metric) ?? 0);
    // Ours among them: each run lists the databases.
    expect(grown("influxdb_queries_total")).toBe(4);
    expect(grown("influxdb_query_duration_seconds_total")).toBeGreaterThan(0);
  });

  test("wants a login where the server does, and notices that it is gone", async () => {
    expect((await service.collect({ url })).failure?.reason).toBe("auth");
    expect((await service.collect({ url: `${url}/`, collectDatabases: false })).failure).toBeUndefined();
    await server.stop();
    expect((await collect()).failure?.reason).toBe("unreachable");
  });
});
