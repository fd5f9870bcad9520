import { createSocket } from "node:dgram";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";
import { PORT, setObject, startAgent } from "./test-agent";
import { relay } from "./test-relay";

const OPER_STATUS = `.1.3.6.1.2.1.2.2.1.8.${PORT.index}`;
const POE_DRAWN = ".1.3.6.1.2.1.105.1.3.1.1.4.1";
const TEMPERATURE = ".1.3.6.1.2.1.99.1.1.1.4.1";

/** Sends so many bytes to ourselves. */
async function sendToSelf(bytes: number): Promise<void> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const piece = Buffer.alloc(50_000);
  for (let left = bytes; left > 0; left -= piece.length)
    await new Promise<void>((resolve) => socket.send(piece, socket.address().port, "127.0.0.1", () => resolve()));
  socket.close();
}

describeService("network-switch", "SNMP 2c", (service) => {
  let agent: Running;
  let port = 0;
  const memory = service.memory();
  const collect = (config = {}) =>
    service.collect({ host: "127.0.0.1", port, community: "public", ...config }, { memory });

  beforeAll(async () => {
    port = await service.port();
    agent = await startAgent(service, `udp:127.0.0.1:${port}`);
  });

  test("knows the switch, its power over Ethernet and its sensor", async () => {
    const seen = await collect();
    expect(seen.partial).toEqual([]);
    expect(seen.labels("snmp_info")).toMatchObject({
      name: "lab-switch",
      location: "rack 7",
      descr: "TestSwitch 24p PoE",
    });
    expect(seen.value("snmp_poe_nominal_watts")).toBe(370);
    expect(seen.value("snmp_poe_power_watts")).toBe(45);
    expect(seen.value("snmp_sensor_celsius", { sensor: "Chassis" })).toBe(41.2);
    expect(seen.value("snmp_uptime_seconds")).toBeLessThan(120);
    expect(seen.value("snmp_interface_receive_bytes_total", { port: PORT.name })).toBe(123_456_789);
    expect(seen.value("snmp_storage_size_bytes", { storage: "Physical memory" })).toBeGreaterThan(100_000_000);
  });

  test("counts the bytes that were sent", async () => {
    const received = async () =>
      (await collect()).value("snmp_interface_receive_bytes_total", { port: "lo" }) ?? Number.NaN;
    const before = await received();
    await sendToSelf(5_000_000);
    await service.until(async () => (await received()) - before >= 5_000_000);
  });

  test("sees a link go and come, power drawn, and the temperature rise", async () => {
    const up = { port: PORT.name, alias: "" };
    const before = await collect();
    expect(before.value("snmp_interface_up", up)).toBe(1);
    // Of this machine's own, some may be down: a bridge that nothing is on.
    const others = before.value("snmp_ports", { state: "down" }) ?? 0;
    await setObject(service, port, OPER_STATUS, "i", 2);
    await setObject(service, port, POE_DRAWN, "u", 120);
    await setObject(service, port, TEMPERATURE, "i", 705);
    const down = await collect();
    expect(down.value("snmp_interface_up", up)).toBe(0);
    expect(down.value("snmp_interface_lost", up)).toBe(1);
    expect(down.value("snmp_ports", { state: "down" })).toBe(others + 1);
    expect(down.value("snmp_poe_power_watts")).toBe(120);
    expect(down.value("snmp_sensor_celsius", { sensor: "Chassis" })).toBe(70.5);
    await setObject(service, port, OPER_STATUS, "i", 1);
    expect((await collect()).value("snmp_interface_lost", up)).toBe(0);
  });

  test("a wrong community is met with silence, a stopped agent is unreachable", async () => {
    expect((await collect({ community: "wrong", retries: 0 })).failure).toMatchObject({
      reason: "timeout",
      hint: expect.stringContaining("community"),
    });
    await agent.stop();
    expect((await collect()).failure?.reason).toBe("unreachable");
  });
});

describeService("network-switch", "SNMP 1", (service) => {
  let port = 0;
  beforeAll(async () => {
    port = await service.port();
    await startAgent(service, `udp:127.0.0.1:${port}`);
  });

  test("reads the same switch object by object, with short counters", async () => {
    const seen = await service.collect({ host: "127.0.0.1", port, version: "1", community: "public" });
    expect(seen.failure).toBeUndefined();
    expect(seen.partial).toEqual([]);
    expect(seen.labels("snmp_info")).toMatchObject({ name: "lab-switch" });
    expect(seen.value("snmp_interface_up", { port: PORT.name })).toBe(1);
    expect(seen.value("snmp_poe_power_watts")).toBe(45);
    expect(seen.value("snmp_interface_receive_bytes_total", { port: PORT.name })).toBe(123_456_789);
    expect(seen.value("snmp_interface_receive_bytes_total", { port: "lo" })).toBeLessThan(2 ** 32);
  });
});

describeService("network-switch", "SNMP 3", (service) => {
  let port = 0;
  const user = { username: "unity", authPassword: "authpass123", privPassword: "privpass123" };
  const collect = (config = {}) => service.collect({ host: "127.0.0.1", port, version: "3", ...user, ...config });
  const isRoot = process.getuid?.() === 0;
  let closeRelay: (() => void) | undefined;
  const namespace = `unity-switch-${process.pid}`;
  const ip = (...args: string[]) => service.run("ip", ["-n", namespace, ...args]);

  beforeAll(async () => {
    port = await service.port();
    if (!isRoot) {
      await startAgent(service, `udp:127.0.0.1:${port}`);
      return;
    }
    // In a network of its own, with a cable between two ports; a socket in the file system leads there.
    await service.run("ip", ["netns", "add", namespace]);
    await ip("link", "set", "lo", "up");
    await ip("link", "add", "port1", "type", "veth", "peer", "name", "port2");
    for (const name of ["port1", "port2"]) await ip("link", "set", name, "up");
    const socket = join(service.folder, "agent.sock");
    await startAgent(service, `unix:${socket}`, ["ip", "netns", "exec", namespace]);
    closeRelay = await relay(port, socket);
    await service.until(async () => (await collect()).failure === undefined);
  });

  afterAll(async () => {
    closeRelay?.();
    if (isRoot) await service.run("ip", ["netns", "del", namespace]);
  });

  test.each([
    ["signed and encrypted", {}],
    ["with longer keys", { username: "strong", authProtocol: "sha512", privProtocol: "aes256b" }],
    ["signed", { username: "signed", authProtocol: "md5", securityLevel: "authNoPriv" }],
    ["open", { username: "open", securityLevel: "noAuthNoPriv" }],
  ])("lets users in: %s", async (_, config) => {
    const seen = await collect(config);
    expect(seen.failure).toBeUndefined();
    expect(seen.labels("snmp_info")).toMatchObject({ name: "lab-switch" });
    expect(seen.value("snmp_poe_power_watts")).toBe(45);
  });

  test.each([
    ["a wrong password", { authPassword: "something-else" }, "auth"],
    ["an unknown user", { username: "nobody" }, "auth"],
    ["another protocol", { authProtocol: "sha256" }, "auth"],
    ["a short password", { authPassword: "short" }, "auth"],
    ["too little security", { securityLevel: "authNoPriv" }, "permission"],
    ["a wrong encryption password", { privPassword: "something-else", retries: 0 }, "timeout"],
  ])("refuses %s", async (_, config, reason) => {
    expect((await collect(config)).failure?.reason).toBe(reason);
  });

  test.skipIf(!isRoot)("sees a real link go down when its cable is pulled", async () => {
    const up = async () => (await collect()).value("snmp_interface_up", { port: "port1" });
    await service.until(async () => (await up()) === 1);
    await ip("link", "set", "port2", "down");
    await service.until(async () => (await up()) === 0);
    await ip("link", "set", "port2", "up");
    await service.until(async () => (await up()) === 1);
  });
});
