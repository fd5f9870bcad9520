import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

const DNS_PORT = 53;
const WEB_PORTS = [80, 8_080, 3_000, 8_081];

/** What is known of a server comes from its own door first; whoever has none is asked for names. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: WEB_PORTS,
    onlyPorts: true,
    process: ["pihole-FTL"],
    image: ["pihole/pihole"],
    asks: "An app password",
    config: ({ place }) => ({ type: "pihole", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [3_000, 80, 8_080, 8_081],
    onlyPorts: true,
    process: ["AdGuardHome"],
    image: ["adguard/adguardhome"],
    asks: "A user and its password",
    config: ({ place }) => ({ type: "adguard", url: `http://${place}` }),
  },
  {
    seen: "file",
    type: "socket",
    paths: ["/run/unbound.ctl", "/run/unbound/unbound.ctl", "/run/unbound/control.sock"],
    config: ({ path }) => ({ type: "unbound", socket: path }),
  },
  {
    seen: "service",
    ports: [8_953],
    onlyPorts: true,
    process: ["unbound"],
    asks: "The keys of its remote control",
    config: ({ host, port }) => ({ type: "unbound", host, port }),
  },
  {
    seen: "service",
    ports: [8_053],
    onlyPorts: true,
    process: ["named"],
    config: ({ place }) => ({ type: "bind", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [DNS_PORT],
    onlyPorts: true,
    process: ["dnsmasq"],
    config: ({ host, port }) => ({ type: "dnsmasq", host, port }),
  },
  {
    seen: "service",
    ports: [DNS_PORT],
    onlyPorts: true,
    process: ["named", "systemd-resolve*", "pdns_recursor", "kresd*", "coredns", "knotd", "nsd", "blocky", "stubby"],
    image: ["coredns/coredns", "*/blocky", "technitium/dns-server", "*/unbound", "*/bind9"],
    config: ({ host, port }) => ({ type: "resolver", host, port }),
  },
];
