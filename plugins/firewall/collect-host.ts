import { type CollectContext, CollectError, type Report, readPart } from "../sdk";
import { reportBlocked } from "./block-log";
import type { Config } from "./config";
import { reportConntrack } from "./conntrack";
import {
  orNothing,
  readIptables,
  readKernel,
  readNft,
  reportFirewalld,
  reportKernel,
  reportUfw,
} from "./host-firewalls";
import type { metrics } from "./metrics";
import { reportChange, reportRuleset } from "./report-ruleset";
import type { Ruleset } from "./ruleset";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;
type HostType = Exclude<Config["type"], "auto" | "opnsense" | "pfsense">;

/** Reads the firewall of this machine. */
export async function collectHost(context: Context, report: Reported): Promise<void> {
  const { config } = context;
  const type = config.type === "auto" ? await detect(context) : config.type;
  if (type === "ufw") await reportUfw(context, report);
  else if (type === "firewalld") await reportFirewalld(context, report);
  else if (type === "nftables" || type === "iptables") {
    const ruleset = await (type === "nftables" ? readNft(context) : readIptables(context));
    reportKernel(report, ruleset);
    tellRuleset(context, report, ruleset);
  }
  if (type === "ufw" || type === "firewalld") {
    // What these make of their settings is in the kernel, with its counters.
    const ruleset = await readPart(context, report, () => readKernel(context));
    if (ruleset) tellRuleset(context, report, ruleset);
  }
  await reportConntrack(context, report);
  if (config.logSource !== "none") await readPart(context, report, () => reportBlocked(context, report));
  report.inventory({ facts: { firewall: type } });
}

function tellRuleset(context: Context, report: Reported, ruleset: Ruleset): void {
  reportRuleset(context, report, ruleset);
  reportChange(context, report, ruleset.fingerprint);
}

/** What manages the rules is asked first: ufw, firewalld; then the kernel's own. Found out once an hour. */
async function detect(context: Context): Promise<HostType> {
  const known = context.memory.recall<HostType>("type")?.value;
  if (known && !context.memory.due("detect", 3_600)) return known;
  const found = await find(context);
  context.memory.keep("type", found);
  return found;
}

async function find(context: Context): Promise<HostType> {
  const quiet: Reported = Object.assign(() => {}, { found: () => {}, inventory: () => {}, partial: () => {} });
  const isOn = async (ask: typeof reportUfw) => {
    try {
      return (await orNothing(context, () => ask(context, quiet))) === true;
    } catch (error) {
      // One that may not be asked, or is broken, does not keep the kernel from being asked.
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      return false;
    }
  };
  if (await isOn(reportUfw)) return "ufw";
  if (await isOn(reportFirewalld)) return "firewalld";
  const nft = await orNothing(context, () => readNft(context));
  if (nft) return "nftables";
  const iptables = await orNothing(context, () => readIptables(context));
  if (iptables) return "iptables";
  throw new CollectError("missing_tool", "Neither nft nor iptables-save is installed on this machine.", {
    hint: "Install it: apt install nftables.",
  });
}
