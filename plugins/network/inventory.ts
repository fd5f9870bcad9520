import type { CollectContext, Report } from "../sdk";
import { type Address6, mainAddress6, parseAddresses6 } from "./addresses";
import type { Config } from "./config";
import type { Facts } from "./interfaces";
import type { metrics } from "./metrics";
import { readGateway } from "./reachability";
import type { ReadOptional } from "./read-optional";

/** Reports what hardly changes: speed and MTU as numbers, addresses as facts, and all of it as the inventory. */
export async function collectFacts(
  context: CollectContext<Config>,
  report: Report<typeof metrics>,
  read: ReadOptional,
  net: string,
  interfaces: ReadonlyMap<string, Facts>,
): Promise<void> {
  const [machine, inet6, gateway] = await Promise.all([
    context.machine(),
    read(`${net}/if_inet6`),
    readGateway(read, net),
  ]);
  const addresses6 = groupByInterface(parseAddresses6(inet6 ?? ""));
  const rows = [...interfaces].map(([name, facts]) => {
    // In a container our own interfaces may bear the names of the host's: the same MAC shows that they are the same.
    const four = (Object.hasOwn(machine.interfaces, name) ? (machine.interfaces[name] ?? []) : []).filter(
      ({ family, mac }) => family === "IPv4" && (facts.mac === "" || mac === facts.mac),
    );
    const six = addresses6.get(name) ?? [];
    const labels = { interface: name, mac: facts.mac, ipv4: four[0]?.address ?? "", ipv6: mainAddress6(six) };
    report("network_info", 1, labels);
    if (facts.speedBitsPerSecond !== undefined)
      report("network_interface_speed_bits_per_second", facts.speedBitsPerSecond, { interface: name });
    if (facts.mtuBytes !== undefined) report("network_interface_mtu_bytes", facts.mtuBytes, { interface: name });
    return {
      interface: name,
      kind: facts.kind,
      mac: facts.mac,
      ipv4: four.map(({ address }) => address).join(", "),
      ipv6: six.map(({ address, prefix }) => `${address}/${prefix}`).join(", "),
      speedBitsPerSecond: facts.speedBitsPerSecond ?? null,
      duplex: facts.duplex,
      mtuBytes: facts.mtuBytes ?? null,
      below: facts.below.join(", "),
    };
  });
  report.inventory({
    facts: {
      interfaces: rows.length,
      ...(gateway ? { gateway: gateway.address, gatewayInterface: gateway.interface } : {}),
    },
    lists: { interfaces: rows },
  });
}

function groupByInterface(addresses: readonly Address6[]): Map<string, Address6[]> {
  const groups = new Map<string, Address6[]>();
  for (const address of addresses) groups.set(address.interface, [...(groups.get(address.interface) ?? []), address]);
  return groups;
}
