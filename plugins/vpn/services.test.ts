import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { connectPair } from "./test-wireguard";

describeService("vpn", "WireGuard", (service) => {
  let pair: Awaited<ReturnType<typeof connectPair>>;
  beforeAll(async () => {
    pair = await connectPair(service, "v");
    service.version(await service.run("sh", ["-c", "wg --version; wireguard-go --version | head -1"]));
  });
  afterAll(() => pair.remove());

  test("sees the handshake of two machines, and the bytes that passed", async () => {
    const { a } = pair;
    const config = { interfaces: [a.name], peerNames: { [pair.b.publicKey]: "laptop", [pair.strangerKey]: "phone" } };
    let before = await service.collect(config);
    await service.until(async () => {
      before = await service.collect(config);
      return before.value("vpn_peers_active") === 1;
    });
    expect(before.failure).toBeUndefined();
    expect(before.value("vpn_interface_up", { interface: a.name })).toBe(1);
    expect(before.value("vpn_peers", { interface: a.name })).toBe(2);
    expect(before.value("vpn_peer_up", { peer: "laptop" })).toBe(1);
    expect(before.value("vpn_peer_missing", { peer: "laptop" })).toBe(0);
    expect(before.value("vpn_peer_missing", { peer: "phone" })).toBe(1);
    expect(before.value("vpn_peer_last_handshake_timestamp_seconds", { peer: "phone" })).toBeUndefined();
    expect(before.value("vpn_peer_last_handshake_age_seconds", { peer: "laptop" })).toBeLessThan(60);
    const sent = before.value("vpn_peer_sent_bytes_total", { peer: "laptop" }) ?? 0;
    pair.send(50_000);
    await service.until(
      async () =>
        ((await service.collect(config)).value("vpn_peer_sent_bytes_total", { peer: "laptop" }) ?? 0) > sent + 50_000,
    );
    // wg prints the private key; nothing of what is told may have it.
    for (const secret of [readFileSync(join(service.folder, "a.key"), "utf8").trim(), pair.presharedKey])
      expect(JSON.stringify(before)).not.toContain(secret);
  });

  test("an interface that the settings name and that is not there is down", async () => {
    const seen = await service.collect({ interfaces: ["unity-none"] });
    expect(seen.failure).toBeUndefined();
    expect(seen.value("vpn_interface_up", { interface: "unity-none" })).toBe(0);
  });

  test("without root's rights it is permission", async () => {
    const toolFolders = [service.wrap("wg", 'exec setpriv --reuid 65534 --clear-groups /usr/bin/wg "$@"')];
    expect((await service.collect({}, { toolFolders })).failure?.reason).toBe("permission");
  });
});

describeService("vpn", "OpenVPN", (service) => {
  const at = (name: string) => join(service.folder, name);
  const space = `unity-ovpn-${process.pid}`;
  let server: { stop(): Promise<void> } | undefined;
  let client: { stop(): Promise<void> } | undefined;
  beforeAll(async () => {
    await service.run("ip", ["netns", "add", space]);
    await service.run("ip", ["netns", "exec", space, "ip", "link", "set", "lo", "up"]);
    await makeCertificates((...words) => service.run("openssl", words, { cwd: service.folder }), at);
    writeFileSync(at("password"), "test-management\n");
    const common = (name: string) =>
      `dev tun-${name}\ndev-type tun\nproto udp\nifconfig-noexec\nroute-noexec\nca ${at("ca.crt")}\ncert ${at(`${name}.crt`)}\nkey ${at(`${name}.key`)}\n`;
    writeFileSync(
      at("server.conf"),
      `${common("server")}local 127.0.0.1\nport 1194\ntopology subnet\nserver 10.97.0.0 255.255.255.0\ndh none\nkeepalive 1 60\nmanagement ${at("mgmt.sock")} unix ${at("password")}\nstatus ${at("status.log")} 1\nstatus-version 2\n`,
    );
    writeFileSync(
      at("client.conf"),
      `client\n${common("client")}remote 127.0.0.1 1194\nnobind\nexplicit-exit-notify 1\nmanagement ${at("client.sock")} unix\n`,
    );
    // A tunnel's device belongs into a network of its own; its sockets can be reached from everywhere.
    const openvpn = ["netns", "exec", space, "openvpn", "--config"];
    server = await service.start("ip", [...openvpn, at("server.conf")], {
      ready: /Initialization Sequence Completed/,
    });
    client = await service.start("ip", [...openvpn, at("client.conf")], {
      ready: /Initialization Sequence Completed/,
    });
    service.version(await service.run("openvpn", ["--version"]));
  });
  afterAll(async () => {
    await client?.stop();
    await server?.stop();
    await service.run("ip", ["netns", "del", space]);
  });
  const overSocket = () => ({
    type: "openvpn",
    management: at("mgmt.sock"),
    managementPassword: "test-management",
    peerNames: { laptop: "Anna's laptop" },
  });

  test("a server tells its client by the management interface, with the bytes that passed", async () => {
    let seen = await service.collect(overSocket());
    await service.until(async () => {
      seen = await service.collect(overSocket());
      return seen.value("vpn_peers_active") === 1 && (seen.value("vpn_peer_received_bytes_total") ?? 0) > 1_000;
    });
    expect(seen.failure).toBeUndefined();
    expect(seen.value("vpn_interface_up")).toBe(1);
    expect(seen.value("vpn_peer_up", { peer: "Anna's laptop" })).toBe(1);
    expect(seen.value("vpn_peer_missing", { peer: "Anna's laptop" })).toBe(0);
    expect(seen.value("vpn_peer_connected_since_timestamp_seconds")).toBeGreaterThan(Date.now() / 1_000 - 120);
    expect(seen.value("vpn_interface_received_bytes_total")).toBeDefined();
    expect(seen.labels("vpn_info")?.version).toMatch(/^2\.\d/);
  });

  test("a wrong password is auth, and a missing one too", async () => {
    for (const managementPassword of ["wrong", undefined]) {
      const config = { ...overSocket(), ...(managementPassword ? { managementPassword } : {}) };
      if (!managementPassword) Reflect.deleteProperty(config, "managementPassword");
      expect((await service.collect(config)).failure?.reason).toBe("auth");
    }
  });

  test("a client tells its own traffic, without a password", async () => {
    const seen = await service.collect({
      type: "openvpn",
      management: at("client.sock"),
      interfaces: ["tun-home"],
    });
    expect(seen.failure).toBeUndefined();
    expect(seen.value("vpn_interface_up", { interface: "tun-home" })).toBe(1);
    expect(seen.value("vpn_interface_received_bytes_total", { interface: "tun-home" })).toBeGreaterThan(1_000);
    expect(seen.value("vpn_peers")).toBeUndefined();
  });

  test("a status file tells the same, and that it is old; a stopped OpenVPN has no socket", async () => {
    const config = { type: "openvpn", statusFile: at("status.log"), staleAfterSeconds: 30 };
    const collect = () => service.collect(config);
    let seen = await collect();
    await service.until(async () => {
      seen = await collect();
      return seen.value("vpn_peers_active") === 1;
    });
    expect(seen.value("vpn_peer_up", { peer: "laptop" })).toBe(1);
    expect(seen.value("vpn_status_age_seconds")).toBeLessThan(30);
    await client?.stop();
    await service.until(
      async () => (await service.collect(overSocket())).value("vpn_peer_missing", { peer: "Anna's laptop" }) === 1,
    );
    await server?.stop();
    expect((await service.collect({ type: "openvpn", management: at("client.sock") })).failure?.reason).toMatch(
      /^(unreachable|not_found)$/,
    );
    const text = readFileSync(at("status.log"), "utf8").replace(/^(TIME,.*,)\d+$/m, "$11700000000");
    writeFileSync(at("status.log"), text);
    expect((await collect()).value("vpn_interface_up")).toBe(0);
  });
});

async function makeCertificates(openssl: (...words: string[]) => Promise<string>, at: (name: string) => string) {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    at("ca.key"),
    "-out",
    at("ca.crt"),
    "-subj",
    "/CN=Test CA",
    "-days",
    "2",
  );
  for (const [name, subject, use] of [
    ["server", "vpn.test", "serverAuth"],
    ["client", "laptop", "clientAuth"],
  ] as const) {
    await openssl("req", ...key, "-keyout", at(`${name}.key`), "-out", at(`${name}.csr`), "-subj", `/CN=${subject}`);
    writeFileSync(at(`${name}.ext`), `extendedKeyUsage=${use}\nkeyUsage=digitalSignature\n`);
    const signed = ["-CA", at("ca.crt"), "-CAkey", at("ca.key"), "-CAcreateserial", "-extfile", at(`${name}.ext`)];
    await openssl("x509", "-req", "-in", at(`${name}.csr`), ...signed, "-out", at(`${name}.crt`), "-days", "2");
  }
}
