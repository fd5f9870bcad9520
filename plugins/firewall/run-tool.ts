import { type CollectContext, CollectError, type ExecAnswer, type Reason } from "../sdk";
import type { Config } from "./config";

/** A big ruleset takes a second. */
const TOOL_MS = 8_000;

const REFUSALS: readonly (readonly [RegExp, Reason, string | undefined])[] = [
  [
    /must be root|need to be root|operation not permitted|permission denied|authorization failed|not authorized/i,
    "permission",
    "Switch on Use sudo and add the plugin's lines to sudoers, or let Unity run with CAP_NET_ADMIN.",
  ],
  [/json support not compiled/i, "unsupported_version", "Use an nft with JSON (0.9 or newer), or type iptables."],
  [/dbus_error|failed to connect to socket/i, "unreachable", "Start firewalld: systemctl start firewalld."],
];

/** Runs one of the firewall's tools. @throws CollectError with a reason for an exit code that is not expected */
export async function runTool(
  { exec, config }: CollectContext<Config>,
  [tool, ...args]: readonly [string, ...string[]],
  { package: packageName, accept = [] }: { package: string; accept?: readonly number[] },
): Promise<ExecAnswer> {
  const answer = await exec(tool, args, { package: packageName, sudo: config.useSudo, timeoutMs: TOOL_MS });
  if (answer.code === 0 || accept.includes(answer.code)) return answer;
  const said = `${answer.stderr}\n${answer.stdout}`.trim();
  const line = said.split("\n", 1)[0]?.slice(0, 200) ?? "";
  const [, reason = "protocol", hint] = REFUSALS.find(([pattern]) => pattern.test(said)) ?? [];
  throw new CollectError(reason, `${tool} ended with exit code ${answer.code}: ${line}`, { hint });
}
