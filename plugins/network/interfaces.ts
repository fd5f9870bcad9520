import { type CollectContext, CollectError, matchesAny, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { parseTotal, type Traffic } from "./parse";
import type { ReadOptional } from "./read-optional";

/** What hardly changes of an interface. */
export interface Facts {
  readonly kind: "physical" | "wireless" | "bridge" | "bond" | "tunnel" | "stacked" | "virtual";
  /** It has a device of its own, so its bytes cross a wire. */
  readonly hardware: boolean;
  /** The interfaces below: members of a bond or bridge, the parent of a VLAN. */
  readonly below: readonly string[];
  readonly mac: string;
  readonly speedBitsPerSecond: number | undefined;
  readonly mtuBytes: number | undefined;
  readonly duplex: string;
}

/** Names listed by the user win over the exclusion, so that docker0 can be asked for. */
export function chooseInterfaces(all: readonly Traffic[], config: Config): { chosen: Traffic[]; truncated: boolean } {
  const wanted = all.filter(({ name }) =>
    config.interfaces.length > 0 ? matchesAny(name, config.interfaces) : !matchesAny(name, config.exclude),
  );
  return { chosen: wanted.slice(0, config.maxItems), truncated: wanted.length > config.maxItems };
}

export async function readFacts(context: CollectContext, read: ReadOptional, folder: string): Promise<Facts> {
  const [names, mac, speed, mtu, duplex] = await Promise.all([
    listNames(context, folder),
    read(`${folder}/address`),
    read(`${folder}/speed`),
    read(`${folder}/mtu`),
    read(`${folder}/duplex`),
  ]);
  // -1 and an absent number both mean that the driver does not know.
  const megabits = parseTotal(speed?.trim());
  return {
    kind: kindOf(names),
    hardware: names.includes("device"),
    below: names.filter((name) => name.startsWith("lower_")).map((name) => name.slice("lower_".length)),
    mac: mac && !/^(00:?)+\s*$/.test(mac) ? mac.trim() : "",
    speedBitsPerSecond: megabits ? megabits * 1_000_000 : undefined,
    mtuBytes: parseTotal(mtu?.trim()),
    duplex: duplex?.trim() ?? "",
  };
}

/** The kernel marks the kinds by what lies in an interface's folder. */
function kindOf(names: readonly string[]): Facts["kind"] {
  if (names.includes("bridge")) return "bridge";
  if (names.includes("bonding")) return "bond";
  if (names.includes("wireless") || names.includes("phy80211")) return "wireless";
  if (names.includes("tun_flags")) return "tunnel";
  if (names.includes("device")) return "physical";
  return names.some((name) => name.startsWith("lower_")) ? "stacked" : "virtual";
}

async function listNames(context: CollectContext, folder: string): Promise<string[]> {
  try {
    return await context.listDir(folder);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return []; // Without sysfs the totals are still good; the reader of `operstate` tells about a refusal.
  }
}

/** True when traffic can flow: `unknown` is what drivers without a link state say, and then the carrier decides. */
export async function readUp(read: ReadOptional, folder: string): Promise<boolean | undefined> {
  const state = (await read(`${folder}/operstate`))?.trim();
  if (state === undefined) return undefined;
  if (state !== "unknown") return state === "up";
  return (await read(`${folder}/carrier`))?.trim() === "1";
}

/**
 * The interfaces whose bytes make up the machine's: those with hardware, or where there are none (a container) those that
 * stand on no other chosen one.
 */
export function findUplinks(chosen: readonly Traffic[], facts: ReadonlyMap<string, Facts>): Traffic[] {
  const hardware = chosen.filter(({ name }) => facts.get(name)?.hardware);
  if (hardware.length > 0) return hardware;
  const names = new Set(chosen.map(({ name }) => name));
  return chosen.filter(({ name }) => name !== "lo" && !facts.get(name)?.below.some((below) => names.has(below)));
}

export interface HostTotals {
  readonly receive: number;
  readonly transmit: number;
  /** Name, bytes received and bytes sent of each interface by then. Pairs, because any name can be a property's. */
  readonly seen: readonly (readonly [name: string, receive: number, transmit: number])[];
}

/**
 * Adds what each uplink has carried since the last run. A plain sum of the totals would drop when an interface goes, and a
 * dropping counter is taken for a restart: a spike that never was.
 */
export function addUp(before: HostTotals | undefined, uplinks: readonly Traffic[]): HostTotals {
  const last = new Map(before?.seen.map(([name, received, sent]) => [name, { received, sent }]));
  let { receive, transmit } = before ?? { receive: 0, transmit: 0 };
  for (const now of uplinks) {
    const then = last.get(now.name);
    receive += then ? Math.max(0, now.receive.bytes - then.received) : 0;
    transmit += then ? Math.max(0, now.transmit.bytes - then.sent) : 0;
  }
  return { receive, transmit, seen: uplinks.map((now) => [now.name, now.receive.bytes, now.transmit.bytes]) };
}

export function reportTraffic(report: Report<typeof metrics>, { name, receive, transmit }: Traffic): void {
  const labels = { interface: name };
  report("network_receive_bytes_total", receive.bytes, labels);
  report("network_transmit_bytes_total", transmit.bytes, labels);
  report("network_receive_packets_total", receive.packets, labels);
  report("network_transmit_packets_total", transmit.packets, labels);
  report("network_receive_errors_total", receive.errors, labels);
  report("network_transmit_errors_total", transmit.errors, labels);
  report("network_receive_dropped_total", receive.dropped, labels);
  report("network_transmit_dropped_total", transmit.dropped, labels);
}
