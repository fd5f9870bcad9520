import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { startBackend } from "./test-backend";

describeService("reverse-proxy", "Caddy", (service) => {
  let [admin, web, dead] = [0, 0, 0];
  const config = () => ({ type: "caddy", url: `http://127.0.0.1:${admin}` });
  const get = async (host: string) => (await fetch(`http://127.0.0.1:${web}/`, { headers: { host } })).status;

  beforeAll(async () => {
    [admin, web, dead] = [await service.port(), await service.port(), await service.port()];
    const backend = await startBackend();
    const caddyfile = join(service.folder, "Caddyfile");
    writeFileSync(
      caddyfile,
      `{
  admin 127.0.0.1:${admin}
  auto_https off
  default_bind 127.0.0.1
  servers {
    metrics
  }
}
http://127.0.0.1:${web} {
  @lost path /lost/*
  handle @lost {
    reverse_proxy 127.0.0.1:${dead}
  }
  handle {
    reverse_proxy 127.0.0.1:${backend.port} {
      health_uri /
      health_interval 200ms
    }
  }
}
`,
    );
    const folders = { XDG_DATA_HOME: service.folder, XDG_CONFIG_HOME: service.folder };
    const args = ["run", "--config", caddyfile, "--adapter", "caddyfile"];
    // What is its administrator's comes first.
    const ready = async () => (await get("127.0.0.1")) === 200;
    await service.start("caddy", args, { port: admin, env: folders, ready });
    service.version(await service.run("caddy", ["version"]));
    return backend.close;
  });

  test("counts requests by their answers, and its own errors", async () => {
    const ok = { code_class: "2xx" };
    let before = await service.collect(config());
    // The first request was whether it is ready.
    await service.until(async () => {
      before = await service.collect(config());
      return before.value("reverse_proxy_requests_total", ok) === 1;
    });
    expect([await get("127.0.0.1"), await get("127.0.0.1")]).toEqual([200, 200]);
    expect((await fetch(`http://127.0.0.1:${web}/teapot`)).status).toBe(418);
    expect((await fetch(`http://127.0.0.1:${web}/lost/x`)).status).toBe(502);
    let after = await service.collect(config());
    const grown = (metric: string, labels?: Record<string, string>) =>
      (after.value(metric, labels) ?? 0) - (before.value(metric, labels) ?? 0);
    // It answers first and counts then.
    await service.until(async () => {
      after = await service.collect(config());
      return (
        grown("reverse_proxy_requests_total", ok) === 2 &&
        grown("reverse_proxy_requests_total", { code_class: "4xx" }) === 1 &&
        grown("reverse_proxy_request_errors_total") === 1
      );
    });
    expect(after.failure).toBeUndefined();
    expect(after.value("reverse_proxy_routers", { status: "enabled" })).toBe(1);
    expect(after.value("reverse_proxy_services", { status: "enabled" })).toBe(2);
    expect(after.value("reverse_proxy_upstreams", { service: "127.0.0.1" })).toBe(1);
  });

  test("notices that an upstream does not answer well", async () => {
    const up = async () =>
      (await service.collect(config())).value("reverse_proxy_upstream_up", { service: "127.0.0.1" });
    await service.until(async () => (await up()) === 1);
    await fetch(`http://127.0.0.1:${web}/break`);
    // Caddy brings its metrics up to date every ten seconds.
    let seen = await service.collect(config());
    await service.until(async () => {
      seen = await service.collect(config());
      return seen.value("reverse_proxy_upstream_up", { service: "127.0.0.1" }) === 0;
    });
    expect(seen.value("reverse_proxy_upstreams_healthy", { service: "127.0.0.1" })).toBe(0);
  });

  test("under a name it does not know it says nothing", async () => {
    const { failure } = await service.collect({ ...config(), headers: { host: "elsewhere.lab" } });
    expect(failure).toMatchObject({ reason: "permission", hint: expect.stringContaining("origins") });
  });
});

describeService("reverse-proxy", "HAProxy", (service) => {
  test("tells servers, answers and logins apart", async () => {
    const [stats, web, raw, dead] = await Promise.all(Array.from({ length: 4 }, () => service.port()));
    const backend = await startBackend();
    const file = join(service.folder, "haproxy.cfg");
    writeFileSync(
      file,
      `defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 5s
  timeout check 5s
frontend stats
  bind 127.0.0.1:${stats}
  stats enable
  stats uri /lb/stats
  stats auth unity:secret
frontend web
  bind 127.0.0.1:${web}
  default_backend app
frontend raw
  mode tcp
  bind 127.0.0.1:${raw}
  default_backend raw
backend app
  server alive 127.0.0.1:${backend.port} check inter 200ms
  server dead 127.0.0.1:${dead} check inter 200ms fall 1
  server parked 127.0.0.1:${dead} disabled
backend raw
  mode tcp
  server unchecked 127.0.0.1:${backend.port}
`,
    );
    const haproxy = await service.start("haproxy", ["-db", "-f", file], { port: stats });
    service.version(await service.run("haproxy", ["-v"]));
    const config = {
      type: "haproxy",
      url: `http://127.0.0.1:${stats}/lb/stats`,
      username: "unity",
      password: "secret",
    };
    const upstream = (name: string) => ({ service: "app", upstream: name });
    await service.until(
      async () => (await service.collect(config)).value("reverse_proxy_upstream_up", upstream("dead")) === 0,
    );
    for (const path of ["/", "/", "/teapot", "/broken"]) await fetch(`http://127.0.0.1:${web}${path}`);
    let seen = await service.collect(config);
    const requests = (codeClass: string) =>
      seen.value("reverse_proxy_requests_total", { entrypoint: "web", code_class: codeClass });
    // It answers first and counts then.
    await service.until(async () => {
      seen = await service.collect(config);
      return requests("2xx") === 2 && requests("4xx") === 1 && requests("5xx") === 1;
    });
    expect(seen.failure).toBeUndefined();
    expect(seen.value("reverse_proxy_upstream_up", upstream("alive"))).toBe(1);
    expect(seen.value("reverse_proxy_upstream_up", upstream("parked"))).toBeUndefined();
    expect(seen.value("reverse_proxy_upstream_failures_total", upstream("dead"))).toBeGreaterThan(0);
    expect(seen.value("reverse_proxy_upstreams", { service: "app" })).toBe(2);
    expect(seen.value("reverse_proxy_upstreams_healthy", { service: "app" })).toBe(1);
    expect(seen.value("reverse_proxy_upstreams_healthy", { service: "raw" })).toBeUndefined();
    expect(seen.value("reverse_proxy_sent_bytes_total", { entrypoint: "web" })).toBeGreaterThan(0);
    expect(seen.labels("reverse_proxy_info")?.version).toMatch(/^\d+\.\d+/);

    expect((await service.collect({ ...config, password: "wrong" })).failure?.reason).toBe("auth");
    const elsewhere = { ...config, url: `http://127.0.0.1:${stats}` };
    expect((await service.collect(elsewhere)).failure?.reason).toBe("not_found");
    await haproxy.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
    await backend.close();
  });
});

describeService("reverse-proxy", "nginx", (service) => {
  test("counts requests and connections", async () => {
    const port = await service.port();
    const at = (name: string) => join(service.folder, name);
    const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${at(name)};`);
    writeFileSync(
      at("nginx.conf"),
      `daemon off; pid ${at("pid")}; error_log stderr; events {}
http {
  access_log off; ${temp.join(" ")}
  server {
    listen 127.0.0.1:${port};
    location = /basic_status { stub_status; }
    location = /denied { deny all; }
    location / { return 204; }
  }
}
`,
    );
    const nginx = await service.start("nginx", ["-c", at("nginx.conf")], { port });
    service.version(await service.run("sh", ["-c", "nginx -v 2>&1"]));
    const config = { type: "nginx", url: `http://127.0.0.1:${port}/basic_status` };
    const before = await service.collect(config);
    for (let request = 0; request < 5; request += 1) await fetch(`http://127.0.0.1:${port}/`);
    const after = await service.collect(config);
    expect(after.failure).toBeUndefined();
    const total = "reverse_proxy_requests_total";
    // Five of ours, and the run's own.
    expect((after.value(total) ?? 0) - (before.value(total) ?? 0)).toBe(6);
    expect(after.value("reverse_proxy_connections", { state: "active" })).toBeGreaterThan(0);
    expect(after.value("reverse_proxy_connections_accepted_total")).toBe(
      after.value("reverse_proxy_connections_handled_total"),
    );
    expect(after.labels("reverse_proxy_info")).toMatchObject({ type: "nginx", version: expect.stringMatching(/^1\./) });
    const reasonAt = async (path: string) =>
      (await service.collect({ type: "nginx", url: `http://127.0.0.1:${port}${path}` })).failure?.reason;
    expect(await reasonAt("/denied")).toBe("permission");
    expect(await reasonAt("/other")).toBe("parse");
    await nginx.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
  });
});
