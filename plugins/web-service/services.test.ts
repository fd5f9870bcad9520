import { X509Certificate } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";
import { makeCertificates } from "../../server/collect/doors/test-certificates";
import { startNginx } from "../certificate/test-nginx";

const { caPem, good } = makeCertificates();
/** "me" and "secret", as htpasswd writes them for {PLAIN}. */
const USERS = "me:{PLAIN}secret\n";

describeService("web-service", "HTTP", (service) => {
  const ports = { http: 0, https: 0 };
  let nginx: Running;
  const at = (path: string) => `http://127.0.0.1:${ports.http}${path}`;

  beforeAll(async () => {
    ports.http = await service.port();
    ports.https = await service.port();
    mkdirSync(join(service.folder, "www"));
    writeFileSync(join(service.folder, "www/index.html"), `<h1>Welcome</h1>${"x".repeat(50_000)}`);
    writeFileSync(join(service.folder, "www/health"), '{"status":"ok","queue":{"length":7}}');
    mkdirSync(join(service.folder, "www/private"));
    writeFileSync(join(service.folder, "www/private/index.html"), "in");
    writeFileSync(join(service.folder, "users"), USERS);
    writeFileSync(join(service.folder, "cert.pem"), good.cert);
    writeFileSync(join(service.folder, "key.pem"), good.key);
    const places = `
    root ${service.folder}/www;
    gzip on; gzip_types application/json;
    location /old { return 301 /; }
    location /loop { return 302 /loop; }
    location /private/ { auth_basic "private"; auth_basic_user_file ${service.folder}/users; }
    location /broken { return 500 "out of order"; }
    location /health { default_type application/json; add_header X-Version 1.2; }`;
    const servers = `server { listen 127.0.0.1:${ports.http}; ${places} }
  server { listen 127.0.0.1:${ports.https} ssl; ssl_certificate ${service.folder}/cert.pem; ssl_certificate_key ${service.folder}/key.pem; ${places} }`;
    nginx = await startNginx(service, servers, ports.https);
    service.version((await service.run("sh", ["-c", "nginx -v 2>&1"])).replace("nginx version: ", ""));
  });

  test("a page that is there and says what it should", async () => {
    const { value, partial } = await service.collect({ address: at("/"), mustContain: "Welcome" });
    expect(partial).toEqual([]);
    expect([value("endpoint_up"), value("http_probe_status_code")]).toEqual([1, 200]);
    expect(value("http_probe_content_match")).toBe(1);
    expect(value("http_probe_response_bytes")).toBeGreaterThan(50_000);
    for (const phase of ["connect", "ttfb"])
      expect(value("http_probe_phase_duration_seconds", { phase })).toBeGreaterThan(0);
    expect(value("http_probe_tls")).toBe(0);
  });

  test("packed JSON is unpacked, and its values and headers are looked at", async () => {
    const healthy = { address: at("/health"), expectedHeaders: { "X-Version": "1.2" } };
    const good = await service.collect({ ...healthy, jsonAssert: ["/status = ok", "/queue/length < 10"] });
    expect([good.value("endpoint_up"), good.value("http_probe_assertions_failed")]).toEqual([1, 0]);
    const bad = await service.collect({ ...healthy, jsonAssert: ["/status = ok", "/queue/length > 10"] });
    expect([bad.value("endpoint_up"), bad.value("http_probe_assertions_failed")]).toEqual([0, 1]);
  });

  test("a redirect is followed and counted; one that never ends is down", async () => {
    const moved = await service.collect({ address: at("/old") });
    expect([moved.value("endpoint_up"), moved.value("http_probe_redirects")]).toEqual([1, 1]);
    const left = await service.collect({ address: at("/old"), followRedirects: false, expectedStatus: [301] });
    expect([left.value("endpoint_up"), left.value("http_probe_status_code")]).toEqual([1, 301]);
    expect((await service.collect({ address: at("/loop") })).value("endpoint_up")).toBe(0);
  });

  test("a login that is right, wrong, and missing", async () => {
    const probe = (more: object) => service.collect({ address: at("/private/"), ...more });
    expect((await probe({ username: "me", password: "secret" })).value("endpoint_up")).toBe(1);
    const wrong = await probe({ username: "me", password: "wrong" });
    expect([wrong.value("endpoint_up"), wrong.value("http_probe_status_code")]).toEqual([0, 401]);
    expect((await probe({ expectedStatus: [401] })).value("endpoint_up")).toBe(1);
  });

  test("an error of the server and a page that is not there are down, with their codes", async () => {
    for (const [path, code] of [
      ["/broken", 500],
      ["/nowhere", 404],
    ] as const) {
      const { value } = await service.collect({ address: at(path) });
      expect([value("endpoint_up"), value("http_probe_status_code")]).toEqual([0, code]);
      expect(value("http_probe_failure", { reason: "status" })).toBe(1);
    }
  });

  test("over TLS the certificate is judged, and its end told", async () => {
    const address = `https://localhost:${ports.https}/`;
    const trusted = await service.collect({ address, tls: { caPem } });
    expect([trusted.value("endpoint_up"), trusted.value("http_probe_tls")]).toEqual([1, 1]);
    const end = Date.parse(new X509Certificate(good.cert).validTo) / 1_000;
    expect(trusted.value("http_probe_certificate_expiry_timestamp_seconds")).toBe(end);
    const unknown = await service.collect({ address });
    expect(unknown.value("endpoint_up")).toBe(0);
    expect(unknown.value("http_probe_failure", { reason: "tls" })).toBe(1);
  });

  test("a stopped server is down", async () => {
    await nginx.stop();
    const { value } = await service.collect({ address: at("/") });
    expect([value("endpoint_up"), value("endpoints_up_ratio")]).toEqual([0, 0]);
    expect(value("http_probe_failure", { reason: "connect" })).toBe(1);
  });
});

describeService("web-service", "TCP", (service) => {
  test("a port that takes connections, until it is closed", async () => {
    const port = await service.port();
    const nginx = await startNginx(service, `server { listen 127.0.0.1:${port}; }`, port);
    service.version((await service.run("sh", ["-c", "nginx -v 2>&1"])).replace("nginx version: ", ""));
    const probe = () => service.collect({ address: `127.0.0.1:${port}` });
    expect((await probe()).value("tcp_probe_success")).toBe(1);
    expect((await probe()).value("tcp_probe_duration_seconds")).toBeGreaterThan(0);
    await nginx.stop();
    expect((await probe()).value("tcp_probe_success")).toBe(0);
  });
});

describeService("web-service", "Ping", (service) => {
  test("this machine answers, and an address for documentation does not", async () => {
    service.version(await service.run("ping", ["-V"]));
    const here = await service.collect({ address: "ping://127.0.0.1" });
    expect([here.value("ping_probe_success"), here.value("ping_probe_loss_ratio")]).toEqual([1, 0]);
    expect(here.value("ping_probe_duration_seconds")).toBeLessThan(1);
    const nowhere = await service.collect({ address: "ping://192.0.2.250", probeTimeoutMs: 1_000 });
    expect(nowhere.value("ping_probe_success") ?? 0).toBe(0);
  });
});
