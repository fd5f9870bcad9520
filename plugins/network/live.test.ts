import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";

/**
 * A veth pair between this machine and a network namespace: what the plugin reads is what the test caused.
 * Names carry the process id, so that two runs do not meet.
 */
const ID = process.pid % 100_000;
const NAMESPACE = `unity-${ID}`;
const NEAR = `unt${ID}`;
const FAR = `unf${ID}`;
/** Of TEST-NET-2 (RFC 5737), which nobody routes. */
const HOST = 4 * (ID % 60);
const NEAR_ADDRESS = `198.51.100.${HOST + 1}`;
const FAR_ADDRESS = `198.51.100.${HOST + 2}`;

const ip = (...args: string[]) => execFileSync("ip", args, { stdio: ["ignore", "pipe", "pipe"] }).toString();

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root to make a network namespace";
  try {
    // Tried in a namespace that is gone at once.
    execFileSync("unshare", ["-n", "ip", "link", "add", NEAR, "type", "veth", "peer", "name", FAR], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    return `needs network namespaces and veth: ${String(error).slice(0, 120)}`;
  }
}
const reason = whyNot();

let now = Date.now();
async function collect(config: Record<string, unknown>, memory = createMemory(() => now)) {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal });
  const log = { debug: () => {}, warn: () => {} };
  const { readings, failure, partial, inventory } = await collectReadings(plugin, {
    config,
    doors,
    now,
    signal,
    memory,
    log,
  });
  await close();
  expect({ failure, partial }).toEqual({ failure: undefined, partial: [] });
  const value = (metric: string, label?: string) => {
    const found = readings.find(
      (reading) => reading.metric === metric && (!label || Object.values(reading.labels).includes(label)),
    );
    return typeof found?.value === "number" ? found.value : undefined;
  };
  return { readings, inventory, value };
}

async function sendDatagrams(count: number, bytes: number): Promise<void> {
  const socket = createSocket("udp4");
  const payload = Buffer.alloc(bytes);
  for (let index = 0; index < count; index += 1)
    await new Promise<void>((resolve, reject) =>
      socket.send(payload, 9, FAR_ADDRESS, (error) => (error ? reject(error) : resolve())),
    );
  socket.close();
}

describe.skipIf(reason)(`a veth pair${reason ? ` (skipped: ${reason})` : ""}`, () => {
  let dweller: ChildProcess | undefined;
  let folder = "";

  beforeAll(async () => {
    ip("netns", "add", NAMESPACE);
    ip("link", "add", NEAR, "type", "veth", "peer", "name", FAR);
    ip("link", "set", FAR, "netns", NAMESPACE);
    ip("addr", "add", `${NEAR_ADDRESS}/30`, "dev", NEAR);
    ip("link", "set", NEAR, "mtu", "1400", "up");
    ip("-n", NAMESPACE, "addr", "add", `${FAR_ADDRESS}/30`, "dev", FAR);
    ip("-n", NAMESPACE, "link", "set", "lo", "up");
    ip("-n", NAMESPACE, "link", "set", FAR, "up");
    // A process inside gives the namespace a place in /proc, as a container host's first process has one.
    dweller = spawn("ip", ["netns", "exec", NAMESPACE, "cat"], { stdio: ["pipe", "pipe", "ignore"] });
    dweller.stdin?.write("ready\n");
    if (dweller.stdout) await once(dweller.stdout, "data");
    folder = mkdtempSync(join(tmpdir(), "unity-network-"));
    symlinkSync(`/proc/${dweller.pid}`, join(folder, "1"));
  });

  afterAll(() => {
    dweller?.kill("SIGKILL");
    if (folder) rmSync(folder, { recursive: true });
    try {
      ip("link", "del", NEAR);
    } finally {
      ip("netns", "del", NAMESPACE);
    }
  });

  const near = { interfaces: [NEAR], pingTargets: [] };

  test("counts the bytes and packets that were sent", async () => {
    const before = await collect(near);
    await sendDatagrams(200, 1_000);
    const after = await collect(near);
    const grown = (metric: string) => (after.value(metric, NEAR) ?? 0) - (before.value(metric, NEAR) ?? 0);
    // 1,000 bytes, and headers of UDP, IP and Ethernet; a few packets more are the kernel's own (ARP, IPv6).
    expect(grown("network_transmit_bytes_total")).toBeGreaterThanOrEqual(200 * 1_042);
    expect(grown("network_transmit_bytes_total")).toBeLessThan(200 * 1_042 * 1.02 + 2_000);
    expect(grown("network_transmit_packets_total")).toBeGreaterThanOrEqual(200);
    expect(grown("network_transmit_packets_total")).toBeLessThan(230);
  });

  test("adds up the machine's bytes between runs", async () => {
    const memory = createMemory(() => now);
    await collect(near, memory);
    await sendDatagrams(100, 1_000);
    now += 10_000;
    expect((await collect(near, memory)).value("network_host_transmit_bytes_total")).toBeGreaterThanOrEqual(
      100 * 1_042,
    );
  });

  test("shows the other side as the host's when proc belongs to it", async () => {
    const far = { interfaces: [FAR], pingTargets: [], procRoot: folder, sysRoot: `${folder}/1/root/sys` };
    const [here, there] = [await collect(near), await collect(far)];
    const sent = here.value("network_transmit_bytes_total", NEAR) ?? 0;
    expect(sent).toBeGreaterThan(0);
    expect(Math.abs((there.value("network_receive_bytes_total", FAR) ?? 0) - sent)).toBeLessThan(1_000);
    expect(there.value("network_receive_bytes_total", NEAR)).toBeUndefined();
  });

  test("knows MTU, speed, address and MAC", async () => {
    const { value, readings, inventory } = await collect(near);
    const mac = ip("-o", "link", "show", NEAR).match(/link\/ether (\S+)/)?.[1];
    expect(value("network_interface_mtu_bytes", NEAR)).toBe(1_400);
    expect(value("network_interface_speed_bits_per_second", NEAR)).toBe(10_000_000_000);
    const info = readings.find(({ metric }) => metric === "network_info");
    expect(info?.labels).toMatchObject({ interface: NEAR, ipv4: NEAR_ADDRESS, mac });
    expect(inventory?.lists?.interfaces).toEqual([expect.objectContaining({ interface: NEAR, kind: "virtual" })]);
  });

  test("counts connections by state", async () => {
    const server = net.createServer((socket) => socket.pipe(socket)).listen(0, NEAR_ADDRESS);
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const before = await collect(near);
    const clients = Array.from({ length: 25 }, () => net.connect(port, NEAR_ADDRESS));
    await Promise.all(clients.map((client) => once(client, "connect")));
    const after = await collect(near);
    const grown =
      (after.value("network_connections", "established") ?? 0) -
      (before.value("network_connections", "established") ?? 0);
    // Both ends are ours. Other programs may open or close a few meanwhile.
    expect(Math.abs(grown - 50)).toBeLessThan(20);
    expect(after.value("network_connections", "listen")).toBeGreaterThan(0);
    for (const client of clients) client.destroy();
    server.close();
  });

  test("takes a refusal for an answer, unless the port was named", async () => {
    const { value } = await collect({ interfaces: [NEAR], pingTargets: [FAR_ADDRESS, `${FAR_ADDRESS}:9`] });
    expect(value("network_ping_success", FAR_ADDRESS)).toBe(1);
    expect(value("network_ping_duration_seconds", FAR_ADDRESS)).toBeLessThan(0.5);
    expect(value("network_ping_success", `${FAR_ADDRESS}:9`)).toBe(0);
  });

  test("sees the link go: down, lost, a carrier change and an unreachable target", async () => {
    const config = { interfaces: [NEAR], pingTargets: [FAR_ADDRESS], pingTimeoutMs: 300 };
    const memory = createMemory(() => now);
    const before = await collect(config, memory);
    expect(before.value("network_interface_up", NEAR)).toBe(1);
    expect(before.value("network_interface_lost", NEAR)).toBe(0);
    ip("-n", NAMESPACE, "link", "set", FAR, "down");
    now += 60_000;
    const after = await collect(config, memory);
    expect(after.value("network_interface_up", NEAR)).toBe(0);
    expect(after.value("network_interface_lost", NEAR)).toBe(1);
    expect(after.value("network_carrier_changes_total", NEAR)).toBe(
      (before.value("network_carrier_changes_total", NEAR) ?? 0) + 1,
    );
    expect(after.value("network_ping_success", FAR_ADDRESS)).toBe(0);
    expect(after.value("network_ping_loss_ratio", FAR_ADDRESS)).toBe(1);
    now += 86_400_000;
    expect((await collect(config, memory)).value("network_interface_lost", NEAR)).toBe(0);
  });
});
