import type { Metrics } from "../sdk";

const interfaceCounter = (unit: "bytes" | "count", description: string) =>
  ({ kind: "counter", unit, labels: ["interface"], description }) as const;

/** How often what hardly changes is read: speed, MTU, addresses. */
export const FACTS_SECONDS = 60;
export const PING_SECONDS = 30;
/** To list TCP's connections, the kernel walks its whole hash table: 5 ms, also when it is empty. */
export const CONNECTIONS_SECONDS = 30;

export const metrics = {
  network_receive_bytes_total: interfaceCounter("bytes", "Bytes received by the interface."),
  network_transmit_bytes_total: interfaceCounter("bytes", "Bytes sent by the interface."),
  network_receive_packets_total: interfaceCounter("count", "Packets received by the interface."),
  network_transmit_packets_total: interfaceCounter("count", "Packets sent by the interface."),
  network_receive_errors_total: interfaceCounter("count", "Packets received broken: cable, port or driver."),
  network_transmit_errors_total: interfaceCounter("count", "Packets that could not be sent: cable, port or driver."),
  network_receive_dropped_total: interfaceCounter(
    "count",
    "Packets received and dropped, for want of room or a taker.",
  ),
  network_transmit_dropped_total: interfaceCounter("count", "Packets dropped before they were sent."),
  network_host_receive_bytes_total: {
    kind: "counter",
    unit: "bytes",
    description:
      "Bytes received by the machine since Unity started: physical interfaces only, so that a bond, bridge or VLAN above them is not counted twice.",
  },
  network_host_transmit_bytes_total: {
    kind: "counter",
    unit: "bytes",
    description: "Bytes sent by the machine since Unity started, counted as those received.",
  },
  network_interface_up: {
    kind: "gauge",
    unit: "bool",
    labels: ["interface"],
    description: "1 when the interface is up and has a link.",
  },
  network_interface_lost: {
    kind: "gauge",
    unit: "bool",
    labels: ["interface"],
    description: "1 when the interface is down although it was up within the last day.",
  },
  network_interface_speed_bits_per_second: {
    kind: "gauge",
    unit: "bits_per_second",
    labels: ["interface"],
    description: "Negotiated speed of the link, where the driver knows it.",
    everySeconds: FACTS_SECONDS,
  },
  network_interface_mtu_bytes: {
    kind: "gauge",
    unit: "bytes",
    labels: ["interface"],
    description: "Largest packet the interface sends.",
    everySeconds: FACTS_SECONDS,
  },
  network_carrier_changes_total: {
    kind: "counter",
    unit: "count",
    labels: ["interface"],
    description: "How often the link came or went. A loose cable makes it grow.",
  },
  network_interfaces_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more interfaces than the limit, so that some are not shown.",
  },
  network_connections: {
    kind: "gauge",
    unit: "count",
    labels: ["state"],
    description:
      "TCP connections by state, IPv4 and IPv6. Above 10,000 only established and time_wait are known, from the kernel's totals.",
    everySeconds: CONNECTIONS_SECONDS,
  },
  network_sockets: {
    kind: "gauge",
    unit: "count",
    labels: ["protocol"],
    description: "Sockets in use by protocol.",
  },
  network_tcp_retransmits_total: {
    kind: "counter",
    unit: "count",
    description: "TCP segments sent again because no acknowledgement came.",
  },
  network_tcp_listen_drops_total: {
    kind: "counter",
    unit: "count",
    description: "Incoming TCP connections dropped because a listening program did not accept fast enough.",
  },
  network_udp_receive_errors_total: {
    kind: "counter",
    unit: "count",
    description: "UDP datagrams that could not be delivered, IPv4 and IPv6: broken, or the receive buffer was full.",
  },
  network_conntrack_entries: {
    kind: "gauge",
    unit: "count",
    description: "Connections the firewall keeps track of.",
  },
  network_conntrack_limit: {
    kind: "gauge",
    unit: "count",
    description: "So many connections the firewall can keep track of; beyond, new ones are dropped.",
  },
  network_arp_entries: {
    kind: "gauge",
    unit: "count",
    description: "Neighbours in the ARP table, IPv4.",
  },
  network_ping_success: {
    kind: "gauge",
    unit: "bool",
    labels: ["target"],
    description: "1 when the target answered.",
    everySeconds: PING_SECONDS,
  },
  network_ping_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels: ["target"],
    description: "Mean round trip to the target, or the time its TCP port took to accept or refuse.",
    everySeconds: PING_SECONDS,
  },
  network_ping_loss_ratio: {
    kind: "gauge",
    unit: "ratio",
    labels: ["target"],
    description: "Part of the probes that stayed without an answer.",
    everySeconds: PING_SECONDS,
    min: 0,
    max: 1,
  },
  network_info: {
    kind: "info",
    unit: "count",
    labels: ["interface", "mac", "ipv4", "ipv6"],
    description: "Addresses of the interface.",
    everySeconds: FACTS_SECONDS,
  },
} as const satisfies Metrics;
