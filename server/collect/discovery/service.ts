import { BlockList, isIP } from "node:net";
import type { Container } from "./containers";
import type { Listener } from "./listeners";
import type { Owner } from "./owners";

/** Something that listens on this machine, with all that is known of it. */
export interface Service {
  /** Where it is reached from here. */
  readonly host: string;
  readonly port: number;
  /** "127.0.0.1:80", "[::1]:80". */
  readonly place: string;
  /** Reached at the loopback address: it may be asked without anything leaving this machine. */
  readonly loopback: boolean;
  /** "every address", or those it listens on. */
  readonly listensOn: string;
  readonly owner?: Owner | undefined;
  readonly container?:
    | { readonly name: string; readonly image: string; readonly images: readonly string[] }
    | undefined;
  /** The container's own port. */
  readonly inside?: number | undefined;
}

/** Processes that only hand on what somebody else serves. */
const FORWARDERS = new Set([
  "docker-proxy",
  "rootlessport",
  "rootlesskit",
  "slirp4netns",
  "pasta",
  "passt",
  "conmon",
  "gvproxy",
]);

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

const isEvery = (address: string) => address === "0.0.0.0" || address === "::";

const placeOf = (host: string, port: number) => (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`);

interface Seen {
  readonly listeners: readonly Listener[];
  readonly owners: ReadonlyMap<number, Owner>;
  readonly containers: readonly Container[];
  /** This process itself is nothing to propose. */
  readonly ownPid: number;
}

/** Listeners and published ports as services: one a port and process, whatever number of addresses it has. */
export function joinServices({ listeners, owners, containers, ownPid }: Seen): Service[] {
  const published = new Map(
    containers.flatMap((container) => container.ports.map((one) => [one.port, { container, ...one }] as const)),
  );
  const groups = new Map<string, { port: number; owner: Owner | undefined; addresses: Set<string> }>();
  const add = (port: number, owner: Owner | undefined, address: string) => {
    const key = `${port} ${owner?.pid ?? ""}`;
    const group = groups.get(key) ?? { port, owner, addresses: new Set() };
    groups.set(key, group);
    group.addresses.add(address);
  };
  for (const { address, port, inode } of listeners) {
    const owner = owners.get(inode);
    if (owner?.pid === ownPid) continue;
    const forwards = published.has(port) || owner?.names.some((name) => FORWARDERS.has(name));
    add(port, forwards ? undefined : owner, address);
  }
  // Where the kernel hands on what comes to a port, nobody listens on it.
  for (const { port, address } of published.values()) add(port, undefined, address);
  return [...groups.values()].map(({ port, owner, addresses }) => {
    const source = owner ? undefined : published.get(port);
    return { ...reachOf([...addresses], port), port, owner, container: source?.container, inside: source?.inside };
  });
}

function reachOf(addresses: readonly string[], port: number) {
  const every = addresses.some(isEvery);
  const host = every
    ? "127.0.0.1"
    : (addresses.find((one) => one === "127.0.0.1") ?? addresses.find(isLoopback) ?? addresses[0] ?? "127.0.0.1");
  return {
    host,
    place: placeOf(host, port),
    loopback: isLoopback(host),
    listensOn: every ? `port ${port} of every address` : addresses.map((one) => placeOf(one, port)).join(" and "),
  };
}
