import { type CollectContext, CollectError, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { parseZones } from "./parse-firewalld";
import { parseIptables } from "./parse-iptables";
import { parseNft } from "./parse-nft";
import { parseUfw } from "./parse-ufw";
import { isActive, type Ruleset } from "./ruleset";
import { runTool } from "./run-tool";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

/** Terse leaves out what sets hold: a list of blocked networks has a hundred thousand entries. */
export async function readNft(context: Context): Promise<Ruleset> {
  const { stdout } = await runTool(context, ["nft", "-j", "-t", "list", "ruleset"], { package: "nftables" });
  return parseNft(stdout);
}

export async function readIptables(context: Context): Promise<Ruleset> {
  const four = await runTool(context, ["iptables-save", "-c"], { package: "iptables" });
  const six = await orNothing(context, () => runTool(context, ["ip6tables-save", "-c"], { package: "iptables" }));
  const parsed = [parseIptables(four.stdout, "ip"), ...(six ? [parseIptables(six.stdout, "ip6")] : [])];
  const [, version = ""] = /iptables-save v([\d.]+)/.exec(four.stdout) ?? [];
  return {
    tool: "iptables",
    version,
    chains: parsed.flatMap(({ chains }) => chains),
    counters: [],
    fingerprint: parsed.map(({ fingerprint }) => fingerprint).join("\n"),
  };
}

/** The rules as the kernel has them, by whichever tool is there: on newer systems iptables writes nftables' rules. */
export async function readKernel(context: Context): Promise<Ruleset> {
  try {
    return await readNft(context);
  } catch (error) {
    const isAway = error instanceof CollectError && ["missing_tool", "unsupported_version"].includes(error.reason);
    if (context.signal.aborted || !isAway) throw error;
    return readIptables(context);
  }
}

/** @returns whether it is active */
export async function reportUfw(context: Context, report: Reported): Promise<boolean> {
  const { stdout } = await runTool(context, ["ufw", "status", "verbose"], { package: "ufw" });
  const { active, policies, rules } = parseUfw(stdout);
  report("firewall_active", active ? 1 : 0);
  for (const { chain, policy } of policies) report("firewall_default_policy", 1, { chain, policy });
  if (active) report("firewall_rules", rules, { table_or_chain: "ufw" });
  report("firewall_info", 1, { type: "ufw", version: "" });
  return active;
}

/** firewall-cmd ends with 252 when firewalld does not run. */
const NOT_RUNNING = 252;

/** @returns whether it is active */
export async function reportFirewalld(context: Context, report: Reported): Promise<boolean> {
  const tool = { package: "firewalld" };
  const state = await runTool(context, ["firewall-cmd", "--state"], { ...tool, accept: [NOT_RUNNING] });
  const active = state.code === 0;
  report("firewall_active", active ? 1 : 0);
  if (!active) {
    report("firewall_info", 1, { type: "firewalld", version: "" });
    return false;
  }
  const version = await runTool(context, ["firewall-cmd", "--version"], tool);
  const zones = parseZones((await runTool(context, ["firewall-cmd", "--list-all-zones"], tool)).stdout);
  for (const { name, target, rules } of zones.filter((zone) => zone.active)) {
    const zone = toLabel(name);
    report("firewall_default_policy", 1, { chain: zone, policy: target.replaceAll("%", "").toLowerCase() });
    report("firewall_rules", rules, { table_or_chain: zone });
  }
  report("firewall_info", 1, { type: "firewalld", version: toLabel(version.stdout.trim()) });
  return true;
}

export function reportKernel(report: Reported, { tool, version, chains }: Ruleset): void {
  report("firewall_active", isActive(chains) ? 1 : 0);
  report("firewall_info", 1, { type: tool, version: toLabel(version) });
}

/** What is not installed here is nothing; any other failure is one. */
export async function orNothing<T>(context: Context, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || error.reason !== "missing_tool") throw error;
    return undefined;
  }
}
