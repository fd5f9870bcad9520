/** A router of the default route. */
export interface Gateway {
  readonly address: string;
  readonly interface: string;
}

const UP = 0x1;
const VIA_GATEWAY = 0x2;

/** The default gateway of /proc/net/route, the one with the lowest metric. A route without a router (a tunnel) has none. */
export function parseGateway(text: string): Gateway | undefined {
  const found: (Gateway & { metric: number })[] = [];
  for (const line of text.split("\n").slice(1)) {
    const [device, destination, gateway, flags, , , metric, mask] = line.trim().split(/\s+/);
    if (!device || destination !== "00000000" || mask !== "00000000" || !/^[0-9A-F]{8}$/i.test(gateway ?? "")) continue;
    const bits = Number.parseInt(flags ?? "", 16);
    if (!(bits & UP) || !(bits & VIA_GATEWAY)) continue;
    found.push({ interface: device, address: formatIpv4(gateway ?? ""), metric: Number(metric) || 0 });
  }
  return lowest(found);
}

/** The default gateway of /proc/net/ipv6_route; a link-local one carries its interface, as fe80::1%eth0. */
export function parseGateway6(text: string): Gateway | undefined {
  const found: (Gateway & { metric: number })[] = [];
  for (const line of text.split("\n")) {
    const [destination = "", length, , , gateway = "", metric = "", , , flags = "", device] = line.trim().split(/\s+/);
    if (!device || !/^0{32}$/.test(destination) || length !== "00" || !/^[0-9a-f]{32}$/.test(gateway)) continue;
    const bits = Number.parseInt(flags, 16);
    if (!(bits & UP) || !(bits & VIA_GATEWAY)) continue;
    const address = formatIpv6(gateway);
    const scoped = address.startsWith("fe80:") ? `${address}%${device}` : address;
    found.push({ interface: device, address: scoped, metric: Number.parseInt(metric, 16) });
  }
  return lowest(found);
}

function lowest(found: readonly (Gateway & { metric: number })[]): Gateway | undefined {
  const [best] = [...found].sort((a, b) => a.metric - b.metric);
  return best && { address: best.address, interface: best.interface };
}

export interface Neighbour {
  readonly address: string;
  /** The neighbour told its hardware address: it is there. */
  readonly complete: boolean;
}

const COMPLETE = 0x2;

/** Reads /proc/net/arp. */
export function parseNeighbours(text: string): Neighbour[] {
  const neighbours: Neighbour[] = [];
  for (const line of text.split("\n").slice(1)) {
    const [address, , flags, hardware] = line.trim().split(/\s+/);
    if (!address || !hardware) continue;
    neighbours.push({ address, complete: (Number(flags) & COMPLETE) !== 0 });
  }
  return neighbours;
}

export interface Address6 {
  readonly interface: string;
  readonly address: string;
  readonly prefix: number;
  readonly scope: "global" | "link" | "host" | "site";
  /** A privacy address, which changes every day. */
  readonly temporary: boolean;
}

const SCOPES: Readonly<Record<string, Address6["scope"]>> = {
  "00": "global",
  "10": "host",
  "20": "link",
  "40": "site",
};
const TEMPORARY = 0x01;

/** Reads /proc/net/if_inet6. */
export function parseAddresses6(text: string): Address6[] {
  const addresses: Address6[] = [];
  for (const line of text.split("\n")) {
    const [hex = "", , prefix = "", scope = "", flags = "", name] = line.trim().split(/\s+/);
    const known = SCOPES[scope];
    if (!name || !known || !/^[0-9a-f]{32}$/.test(hex)) continue;
    addresses.push({
      interface: name,
      address: formatIpv6(hex),
      prefix: Number.parseInt(prefix, 16),
      scope: known,
      temporary: (Number.parseInt(flags, 16) & TEMPORARY) !== 0,
    });
  }
  return addresses;
}

/** The address that stays: global before link-local, permanent before temporary, then by text. */
export function mainAddress6(addresses: readonly Address6[]): string {
  const order = { global: 0, site: 2, link: 4, host: 6 };
  const rank = ({ scope, temporary }: Address6) => order[scope] + (temporary ? 1 : 0);
  const [best] = [...addresses].sort((a, b) => rank(a) - rank(b) || (a.address < b.address ? -1 : 1));
  return best?.address ?? "";
}

/** The kernel prints the four bytes as one number of a little-endian machine. */
const formatIpv4 = (hex: string) => [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(".");

/** URL knows the short form of RFC 5952. */
const formatIpv6 = (hex: string) => new URL(`http://[${(hex.match(/.{4}/g) ?? []).join(":")}]`).hostname.slice(1, -1);
