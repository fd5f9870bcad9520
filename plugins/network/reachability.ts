import type { CollectContext, Report } from "../sdk";
import { type Gateway, type Neighbour, parseGateway, parseGateway6, parseNeighbours } from "./addresses";
import type { Config } from "./config";
import { type metrics, PING_SECONDS } from "./metrics";
import { parseTarget } from "./ping-answer";
import { type Probe, probe } from "./probe";
import type { ReadOptional } from "./read-optional";

/** The word for the default route's router; its series stays the same when its address changes. */
const GATEWAY = "gateway";

export async function readGateway(read: ReadOptional, net: string): Promise<Gateway | undefined> {
  return parseGateway((await read(`${net}/route`)) ?? "") ?? parseGateway6((await read(`${net}/ipv6_route`)) ?? "");
}

/** Probes the targets when it is time, then reads the neighbours: only then does their table tell about the gateway. */
export async function collectReachability(
  context: CollectContext<Config>,
  report: Report<typeof metrics>,
  read: ReadOptional,
  net: string,
): Promise<void> {
  const probes = context.memory.due("ping", PING_SECONDS) ? await probeTargets(context, read, net) : [];
  const arp = await read(`${net}/arp`);
  const neighbours = parseNeighbours(arp ?? "");
  if (arp !== undefined) report("network_arp_entries", neighbours.length);
  for (const { label, host, result } of probes) {
    const { state } = result;
    const answeredKey = `answered:${label}`;
    if (state === "answered") {
      context.memory.keep(answeredKey, true);
      reportProbe(report, label, true, result.lossRatio);
      if (result.durationSeconds !== undefined)
        report("network_ping_duration_seconds", result.durationSeconds, { target: label });
      continue;
    }
    context.log.debug("a ping target did not answer", { target: label, message: result.message });
    const answeredBefore = context.memory.recall<boolean>(answeredKey) !== undefined;
    const neighbour = neighbours.find(({ address }) => address === host);
    const reachable = judge(state, answeredBefore, neighbour, label);
    if (reachable !== undefined) reportProbe(report, label, reachable, reachable ? 0 : 1);
  }
}

async function probeTargets(context: CollectContext<Config>, read: ReadOptional, net: string) {
  const probes = [...new Set(context.config.pingTargets)].map(async (label) => {
    const gateway = label === GATEWAY ? await readGateway(read, net) : undefined;
    const target = label === GATEWAY ? gateway && { host: gateway.address, isGateway: true } : parseTarget(label);
    return target && { label, host: target.host, result: await probe(context, target) };
  });
  return (await Promise.all(probes)).filter((found) => found !== undefined);
}

/**
 * Silence may be a firewall that drops everything. For a target that never answered, the neighbour table decides: to send, the
 * kernel had to ask for its hardware address. A gateway that is in no table and never answered is unknown, not down.
 */
function judge(
  state: Exclude<Probe["state"], "answered">,
  answeredBefore: boolean,
  neighbour: Neighbour | undefined,
  label: string,
): boolean | undefined {
  switch (state) {
    case "refused_here":
      return undefined;
    case "unreachable":
      return false;
    case "silent":
      if (answeredBefore) return false;
      return neighbour?.complete ?? (label === GATEWAY ? undefined : false);
    default:
      return state satisfies never;
  }
}

function reportProbe(report: Report<typeof metrics>, target: string, success: boolean, lossRatio: number): void {
  report("network_ping_success", success ? 1 : 0, { target });
  report("network_ping_loss_ratio", lossRatio, { target });
}
