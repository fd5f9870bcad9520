import { readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:http2";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN } from "../../server/http/test-sign-in";
import { describeService } from "../services/describe-service";
import type { Service } from "../services/service";
import { BROWSER, CLAIMED, fillBlock, makeCertificate, openBrowser, openStreaming } from "./test-proxied";

/** The proxies of docs/proxies.md as that page sets them up, before a real Unity. */
interface Ports {
  /** Unity's. */
  readonly unity: number;
  readonly tls: number;
  readonly plain: number;
}

/** @returns the certificate to trust, PEM */
type Start = (service: Service, ports: Ports) => Promise<string>;

const startNginx: Start = async (service, { unity, tls, plain }) => {
  const { cert, key } = makeCertificate(service.folder);
  const at = (name: string) => join(service.folder, name);
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${at(name)};`);
  const block = fillBlock("nginx", {
    "listen 443 ": `listen 127.0.0.1:${tls} `,
    "listen 80;": `listen 127.0.0.1:${plain};`,
    "127.0.0.1:3000": `127.0.0.1:${unity}`,
    "/etc/ssl/unity.home.crt": cert,
    "/etc/ssl/unity.home.key": key,
  });
  const around = `daemon off; pid ${at("pid")}; error_log stderr; events {} http { access_log off; ${temp.join(" ")}`;
  writeFileSync(at("nginx.conf"), `${around}\n${block}}\n`);
  await service.start("nginx", ["-c", at("nginx.conf")], { port: tls });
  service.version(await service.run("sh", ["-c", "nginx -v 2>&1"]));
  return readFileSync(cert, "utf8");
};

const startCaddy: Start = async (service, { unity, tls, plain }) => {
  const block = fillBlock("caddyfile", { "127.0.0.1:3000": `127.0.0.1:${unity}` });
  const ports = `http_port ${plain}\n  https_port ${tls}\n  default_bind 127.0.0.1`;
  const file = join(service.folder, "Caddyfile");
  writeFileSync(file, `{\n  admin off\n  skip_install_trust\n  ${ports}\n}\n${block}`);
  const env = { XDG_DATA_HOME: service.folder, XDG_CONFIG_HOME: service.folder };
  const authority = join(service.folder, "caddy/pki/authorities/local/root.crt");
  const args = ["run", "--config", file, "--adapter", "caddyfile"];
  const ready = async () => {
    const { status } = await openBrowser(tls, readFileSync(authority, "utf8")).ask("/healthz");
    return status === 200;
  };
  await service.start("caddy", args, { port: tls, env, ready });
  service.version(await service.run("caddy", ["version"]));
  return readFileSync(authority, "utf8");
};

const startHaproxy: Start = async (service, { unity, tls, plain }) => {
  const { cert, key, both } = makeCertificate(service.folder);
  writeFileSync(both, `${readFileSync(cert, "utf8")}${readFileSync(key, "utf8")}`);
  const file = join(service.folder, "haproxy.cfg");
  const block = fillBlock("haproxy", {
    "bind :80\n": `bind 127.0.0.1:${plain}\n`,
    "bind :443 ": `bind 127.0.0.1:${tls} `,
    "127.0.0.1:3000": `127.0.0.1:${unity}`,
    "/etc/haproxy/unity.home.pem": both,
  });
  writeFileSync(file, block);
  await service.start("haproxy", ["-db", "-f", file], { port: tls });
  service.version(await service.run("haproxy", ["-v"]));
  return readFileSync(cert, "utf8");
};

const PROXIES = { nginx: startNginx, Caddy: startCaddy, HAProxy: startHaproxy };

for (const [name, start] of Object.entries(PROXIES)) {
  describeService("docs", name, (service) => {
    let unity: Awaited<ReturnType<typeof openStreaming>>;
    let browser: ReturnType<typeof openBrowser>;
    let ports: Ports;
    let ca = "";
    let cookie = "";
    beforeAll(async () => {
      unity = await openStreaming();
      ports = { unity: unity.port, tls: await service.port(), plain: await service.port() };
      ca = await start(service, ports);
      browser = openBrowser(ports.tls, ca);
    });
    afterAll(() => unity.close());

    const signIn = async () => {
      const { username, password } = ADMIN;
      const answer = await browser.ask("/api/auth/sign-in/username", { body: { username, password } });
      expect([answer.status, answer.body.toString()]).toEqual([200, '{"secondFactor":false}']);
      return [answer.headers["set-cookie"] ?? []].flat();
    };
    const asSomebody = async () => {
      cookie ||= (await signIn()).map((one) => one.split(";", 1)[0]).join("; ");
      return { cookie };
    };

    test("without TLS it leads to TLS, and from there browsers stay", async () => {
      const answer = await new Promise<{ status?: number; location?: string }>((resolve, reject) => {
        const headers = { host: "unity.home" };
        get({ host: "127.0.0.1", port: ports.plain, path: "/alerts", headers }, (response) => {
          response.resume();
          const { statusCode: status, headers } = response;
          resolve({ ...(status ? { status } : {}), ...(headers.location ? { location: headers.location } : {}) });
        }).once("error", reject);
      });
      expect(answer.status).toBeOneOf([301, 308]);
      expect(answer.location).toMatch(/^https:\/\/unity\.home(:\d+)?\/alerts$/);
      const { status, headers } = await browser.ask("/healthz");
      expect(status).toBe(200);
      expect(headers["strict-transport-security"]).toBe("max-age=31536000");
      // From the root of the name: below a path nobody would come there.
      expect((await browser.ask("/")).headers.location).toBe("/sign-in");
    });

    test("whoever signs in has a cookie for TLS only, and the address of the browser, whatever that claims", async () => {
      const cookies = await signIn();
      expect(cookies.length).toBeGreaterThan(0);
      for (const one of cookies) expect(one).toMatch(/; Secure$/);
      const { body } = await browser.ask("/api/trpc/account.sessions", { headers: await asSomebody() });
      const { data } = JSON.parse(body.toString()).result;
      expect(data.filter((session: { current: boolean }) => session.current)).toMatchObject([{ address: BROWSER }]);
      const entries = await unity.unity.audit.list({ action: "sign-in", outcome: "done", limit: 1 });
      expect(entries).toMatchObject([{ actor: "Ada", address: BROWSER }]);
      expect(JSON.stringify(await unity.unity.audit.list({ limit: 500 }))).not.toContain(CLAIMED);
    });

    test("live messages come, and to no other site's page", async () => {
      const headers = await asSomebody();
      expect(await browser.listen(headers.cookie)).toBe(3);
      await expect(browser.listen(headers.cookie, "https://evil.example")).rejects.toThrow(/403/);
      await expect(browser.listen("")).rejects.toThrow(/401/);
      const foreign = { ...headers, origin: "https://evil.example" };
      const answer = await browser.ask("/api/trpc/account.endOtherSessions", { headers: foreign, body: {} });
      expect([answer.status, answer.body.toString()]).toEqual([
        403,
        '{"error":"This request came from another site\'s page."}',
      ]);
    });

    test("a backup comes through whole", async () => {
      const headers = await asSomebody();
      const { status, body } = await browser.ask("/api/backup", { headers, body: { secrets: "none" } });
      expect(status).toBe(200);
      const [entry] = await unity.unity.audit.list({ action: "backup.download", outcome: "done", limit: 1 });
      expect(entry).toMatchObject({ address: BROWSER, details: { facts: { bytes: body.length } } });
    });

    test("what is sent in parts comes in parts", async () => {
      const seen: string[] = [];
      const onPart = (text: string) => {
        seen.push(text);
        // Only now: a proxy that collects everything first never gets there.
        if (text === "the first part") unity.sendRest();
      };
      const { body } = await browser.ask("/icon.svg", { onPart });
      expect([seen[0], body.toString()]).toEqual(["the first part", "the first part, the rest"]);
    });

    test("over HTTP/2, changes and live connections are taken as well", async () => {
      const headers = { ...(await asSomebody()), origin: browser.origin };
      const session = connect(`https://127.0.0.1:${ports.tls}`, { ca, servername: "unity.home" });
      const [settings] = await new Promise<[{ enableConnectProtocol?: boolean }]>((resolve, reject) => {
        session.once("error", reject).once("remoteSettings", (told) => resolve([told]));
      });
      const statusOf = (more: Record<string, string>, body?: string) =>
        new Promise<number | undefined>((resolve, reject) => {
          const authority = `unity.home:${ports.tls}`;
          const endStream = body === "";
          const asked = session.request({ ":authority": authority, ...headers, ...more }, { endStream });
          asked.once("error", reject).once("response", (told) => {
            resolve(told[":status"]);
            asked.close();
          });
          if (body) asked.end(body);
        });
      const json = { "content-type": "application/json" };
      const change = { ":method": "POST", ":path": "/api/trpc/account.endOtherSessions", ...json };
      expect(await statusOf(change, "{}")).toBe(200);
      // Browsers use it for WebSocket where it is offered, and HTTP/1.1 where it is not.
      const live = { ":method": "CONNECT", ":protocol": "websocket", ":path": "/api/ws", ":scheme": "https" };
      const asSocket = { ...live, "sec-websocket-version": "13" };
      if (settings.enableConnectProtocol) expect(await statusOf(asSocket)).toBe(200);
      session.close();
    });
  });
}
