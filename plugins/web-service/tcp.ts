import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { Endpoint } from "./endpoints";
import type { metrics } from "./metrics";
import { familyOf } from "./peer-certificate";
import { problemOf, retryConnecting, type Verdict } from "./verdict";

/** Connects, and is content with that. The name's resolution is not counted. */
export async function probeTcp(
  { connect, config, signal }: CollectContext<Config>,
  report: Report<typeof metrics>,
  { label, target, settings }: Endpoint & { target: { kind: "tcp" } },
): Promise<Verdict> {
  const to = {
    transport: "tcp",
    host: settings.resolve ?? target.host,
    port: target.port,
    family: familyOf(config),
    timeoutMs: config.probeTimeoutMs,
  } as const;
  try {
    const stream = await retryConnecting(config.retries, signal, () => connect(to));
    stream.close();
    const durationSeconds = stream.connectMs / 1_000;
    report("tcp_probe_duration_seconds", durationSeconds, { endpoint: label });
    return { problems: [], durationSeconds, facts: { remoteAddress: stream.remoteAddress } };
  } catch (error) {
    return { problems: [problemOf(error)], facts: {} };
  }
}
