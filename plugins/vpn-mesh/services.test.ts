import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { connectPair } from "../vpn/test-wireguard";

describeService("vpn-mesh", "Nebula", (service) => {
  const at = (name: string) => join(service.folder, name);
  let stop: () => Promise<void> = async () => {};
  const ports: Record<string, { udp: number; stats: number }> = {};
  const config = (name: string) => ({ type: "nebula", url: `http://127.0.0.1:${ports[name]?.stats}/metrics` });

  const start = async (name: string) => {
    const { udp = 0, stats = 0 } = ports[name] ?? {};
    const isLighthouse = name === "lighthouse";
    writeFileSync(
      at(`${name}.yml`),
      `pki: {ca: ${at("ca.crt")}, cert: ${at(`${name}.crt`)}, key: ${at(`${name}.key`)}}
static_host_map: {"10.96.0.1": ["127.0.0.1:${ports.lighthouse?.udp}"]}
lighthouse: {am_lighthouse: ${isLighthouse}, interval: 1, hosts: ${isLighthouse ? "[]" : '["10.96.0.1"]'}}
listen: {host: 127.0.0.1, port: ${udp}}
tun: {disabled: true}
stats: {type: prometheus, listen: "127.0.0.1:${stats}", path: /metrics, namespace: home, subsystem: mesh, interval: 1s}
firewall: {outbound: [{port: any, proto: any, host: any}], inbound: [{port: any, proto: any, host: any}]}
`,
    );
    return service.start("nebula", ["-config", at(`${name}.yml`)], { port: stats });
  };
  beforeAll(async () => {
    await service.run("nebula-cert", ["ca", "-name", "lab"], { cwd: service.folder });
    for (const [name, ip] of [
      ["lighthouse", "10.96.0.1/24"],
      ["nas", "10.96.0.2/24"],
    ] as const) {
      await service.run("nebula-cert", ["sign", "-name", name, "-ip", ip], { cwd: service.folder });
      ports[name] = { udp: await service.port(), stats: await service.port() };
    }
    stop = (await start("lighthouse")).stop;
    service.version(`nebula ${await service.run("nebula", ["-version"])}`);
  });

  test("a lighthouse is alone until somebody joins, and unreachable once it was stopped", async () => {
    let alone = await service.collect(config("lighthouse"));
    await service.until(async () => {
      alone = await service.collect(config("lighthouse"));
      return alone.value("mesh_online") !== undefined;
    });
    expect(alone.failure).toBeUndefined();
    expect(alone.value("mesh_online")).toBe(0);
    expect(alone.value("mesh_peers", { state: "online" })).toBe(0);
    await start("nas");
    await service.until(async () => (await service.collect(config("lighthouse"))).value("mesh_online") === 1);
    let nas = await service.collect(config("nas"));
    await service.until(async () => {
      nas = await service.collect(config("nas"));
      return nas.value("mesh_online") === 1;
    });
    expect(nas.value("mesh_peers", { state: "online" })).toBe(1);
    expect(nas.labels("mesh_info")?.version).toMatch(/^\d+\.\d+/);
    expect(nas.value("mesh_handshake_timeouts_total")).toBe(0);
    await stop();
    expect((await service.collect(config("lighthouse"))).failure?.reason).toBe("unreachable");
  });
});

describeService("vpn-mesh", "WireGuard", (service) => {
  let pair: Awaited<ReturnType<typeof connectPair>>;
  beforeAll(async () => {
    pair = await connectPair(service, "m");
    service.version(await service.run("wg", ["--version"]));
  });
  afterAll(() => pair.remove());

  test("sees which peer of the mesh is there, and which expected one is not", async () => {
    const peerNames = { [pair.b.publicKey]: "laptop", [pair.strangerKey]: "phone" };
    const config = {
      type: "wireguard",
      interface: pair.a.name,
      peerNames,
      expectedPeers: ["laptop", "phone", "tablet"],
    };
    let seen = await service.collect(config);
    await service.until(async () => {
      seen = await service.collect(config);
      return seen.value("mesh_peers", { state: "online" }) === 1;
    });
    expect(seen.value("mesh_online")).toBe(1);
    expect(seen.value("mesh_peers", { state: "offline" })).toBe(1);
    expect(seen.value("mesh_peer_online", { peer: "laptop" })).toBe(1);
    expect(seen.value("mesh_peer_direct", { peer: "laptop" })).toBe(1);
    expect(seen.value("mesh_peer_last_handshake_timestamp_seconds", { peer: "laptop" })).toBeGreaterThan(
      Date.now() / 1_000 - 60,
    );
    expect(seen.value("mesh_peer_sent_bytes_total", { peer: "laptop" })).toBeGreaterThan(0);
    for (const peer of ["phone", "tablet"]) expect(seen.value("mesh_peer_missing", { peer })).toBe(1);
    expect(seen.value("mesh_peer_missing", { peer: "laptop" })).toBe(0);
    expect((await service.collect({ ...config, interface: "unity-none" })).value("mesh_online")).toBe(0);
  });
});
