import { type CollectContext, CollectError, type Report } from "../sdk";
import type { Config } from "./config";
import type { Endpoint } from "./endpoints";
import type { metrics } from "./metrics";
import { causeOf, parsePing } from "./ping-answer";
import { problemOf, type Verdict } from "./verdict";

/** One lost packet in a house with Wi-Fi means nothing; three in a row do. */
const PINGS = 3;
/** The third is sent 0.4 s after the first; the rest is for the tool's start and the name's resolution. */
const GRACE_MS = 2_000;

const FAMILIES = { auto: undefined, "4": 4, "6": 6 } as const;

/** Three echo requests by the `ping` tool: raw ICMP needs rights that Unity does not have, and that the tool does. */
export async function probePing(
  { exec, lookup, config }: CollectContext<Config>,
  report: Report<typeof metrics>,
  { label, target, settings }: Endpoint & { target: { kind: "ping" } },
): Promise<Verdict> {
  const host = settings.resolve ?? target.host;
  const waitSeconds = String(Math.ceil(config.probeTimeoutMs / 1_000));
  const family = config.ipVersion === "auto" ? [] : [`-${config.ipVersion}`];
  try {
    const [first] = await lookup(host, FAMILIES[config.ipVersion]);
    const to = first?.address ?? host;
    const args = ["-n", "-q", ...family, "-c", String(PINGS), "-i", "0.2", "-W", waitSeconds, to];
    const timeoutMs = config.probeTimeoutMs + GRACE_MS;
    const { stdout, stderr } = await exec("ping", args, { timeoutMs, package: "iputils-ping" });
    const answer = parsePing(stdout);
    if (!answer) return { problems: [problemOf(complaint(host, stderr || stdout))], facts: {} };
    const { lossRatio, durationSeconds, address } = answer;
    report("ping_probe_loss_ratio", lossRatio, { endpoint: label });
    if (lossRatio >= 1)
      return {
        problems: [{ cause: "timeout", reason: "timeout", message: `${host} did not answer ${PINGS} pings.` }],
        facts: { remoteAddress: address },
      };
    if (durationSeconds !== undefined) report("ping_probe_duration_seconds", durationSeconds, { endpoint: label });
    return { problems: [], durationSeconds, facts: { remoteAddress: address } };
  } catch (error) {
    return { problems: [problemOf(error)], facts: {} };
  }
}

/** An error of the target, or of this machine, which may not be allowed to ping. */
function complaint(host: string, text: string): CollectError {
  const cause = causeOf(text);
  if (cause === "dns") return new CollectError("dns", `${host} is not a known name.`, { hint: "Check the spelling." });
  if (cause === "connect")
    return new CollectError("unreachable", `${host} cannot be reached: there is no route to it.`);
  const said = text.trim().split("\n").at(-1)?.slice(0, 200) || "it said nothing";
  return new CollectError("permission", `ping could not be used: ${said}`, {
    hint: "Let the user Unity runs as send pings: setcap cap_net_raw+p on the tool, or the sysctl net.ipv4.ping_group_range.",
  });
}
