import { connect, createServer } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { bracket, expectWithin } from "../../scripts/services/bracket";
import { describeService } from "../../scripts/services/describe-service";

const MEBIBYTE = 1_048_576;
/** Interfaces that come and go with other tests are left out, as they are by default. */
const CONFIG = { exclude: ["veth*", "docker*", "br-*", "ifb*", "tun*", "wg*", "u-*", "vu*"], pingTargets: [] };

/** This machine, against what the node exporter of Prometheus sees of it. */
describeService("network", "Linux", (service) => {
  let port = 0;
  const look = () => bracket(port, () => service.collect(CONFIG));

  beforeAll(async () => {
    port = await service.port();
    const args = [
      `--web.listen-address=127.0.0.1:${port}`,
      "--no-collector.systemd",
      "--collector.tcpstat",
      "--collector.netdev.device-exclude=^$",
    ];
    await service.start("prometheus-node-exporter", args, { port });
    service.version(await service.run("prometheus-node-exporter", ["--version"]));
  });

  test("each interface has counters between the exporter's, and the same settings", async () => {
    const { result: seen, range } = await look();
    const interfaces = seen.readings.flatMap(({ metric, labels }) =>
      metric === "network_receive_bytes_total" ? [labels.interface ?? ""] : [],
    );
    expect(interfaces).toContain("lo");
    const pairs = [
      ["network_receive_bytes_total", "node_network_receive_bytes_total"],
      ["network_transmit_bytes_total", "node_network_transmit_bytes_total"],
      ["network_receive_packets_total", "node_network_receive_packets_total"],
      ["network_transmit_packets_total", "node_network_transmit_packets_total"],
      ["network_receive_errors_total", "node_network_receive_errs_total"],
      ["network_transmit_errors_total", "node_network_transmit_errs_total"],
      ["network_receive_dropped_total", "node_network_receive_drop_total"],
      ["network_transmit_dropped_total", "node_network_transmit_drop_total"],
      ["network_interface_mtu_bytes", "node_network_mtu_bytes"],
      ["network_carrier_changes_total", "node_network_carrier_changes_total"],
    ] as const;
    for (const name of interfaces)
      for (const [ours, theirs] of pairs) {
        const what = `${name} ${ours}`;
        expectWithin(what, seen.value(ours, { interface: name }), range(theirs, { device: name }));
      }
    // The exporter takes the kernel's word "unknown" for down, which is what the loopback says.
    for (const name of interfaces.filter((one) => one !== "lo"))
      expectWithin(
        name,
        seen.value("network_interface_up", { interface: name }),
        range("node_network_up", { device: name }),
      );
  });

  test("what was sent over the loopback is counted by both alike", async () => {
    const first = await look();
    await sendThrough(8 * MEBIBYTE);
    const second = await look();
    const labels = { interface: "lo" };
    const ours = (seen: typeof first.result) => seen.value("network_receive_bytes_total", labels) ?? 0;
    expect(ours(second.result) - ours(first.result)).toBeGreaterThan(8 * MEBIBYTE);
    expectWithin("lo", ours(second.result), second.range("node_network_receive_bytes_total", { device: "lo" }));
  });

  test("protocols count between the exporter's", async () => {
    const { result: seen, range } = await look();
    const pairs = [
      ["network_tcp_retransmits_total", "node_netstat_Tcp_RetransSegs"],
      ["network_tcp_listen_drops_total", "node_netstat_TcpExt_ListenDrops"],
    ] as const;
    for (const [ours, theirs] of pairs) expectWithin(ours, seen.value(ours), range(theirs));
    const errors = [range("node_netstat_Udp_InErrors"), range("node_netstat_Udp6_InErrors")];
    const value = seen.value("network_udp_receive_errors_total") ?? 0;
    expect(value).toBeGreaterThanOrEqual(errors[0]?.low ?? 0);
    expect(value).toBeLessThanOrEqual((errors[0]?.high ?? 0) + (errors[1]?.high ?? 0));
    const limit = range("node_nf_conntrack_entries_limit");
    if (limit) expectWithin("conntrack", seen.value("network_conntrack_limit"), limit);
    else expect(seen.value("network_conntrack_limit")).toBeUndefined();
  });

  test("connections that were opened are counted by both alike", async () => {
    const listeners = async () => {
      const { result: seen, range } = await look();
      return {
        ours: seen.value("network_connections", { state: "listen" }) ?? 0,
        theirs: range("node_tcp_connection_states", { state: "listen" }),
      };
    };
    // Of very many connections only their number is read, and what others closed lingers for a minute.
    const isListed = async () => (await look()).result.value("network_connections", { state: "listen" }) !== undefined;
    await service.until(isListed, 90_000);
    const before = await listeners();
    const servers = await Promise.all(Array.from({ length: 200 }, listen));
    const after = await listeners();
    await Promise.all(servers.map((close) => close()));
    // Others on this machine may open or close a few meanwhile.
    expect(after.ours - before.ours).toBeGreaterThan(150);
    expectWithin("listening", after.ours, after.theirs, 0.2);
  });
});

/** @returns what closes it */
function listen(): Promise<() => Promise<void>> {
  const server = createServer();
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(close)));
}

/** Sends so many bytes over the loopback. */
async function sendThrough(bytes: number): Promise<void> {
  const server = createServer((socket) => socket.resume());
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    }),
  );
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("error", reject).once("close", () => resolve());
    socket.end(Buffer.alloc(bytes));
  });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
