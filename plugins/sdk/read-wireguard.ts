import type { CollectContext } from "./context";
import { CollectError } from "./errors";

export interface WireguardPeer {
  readonly publicKey: string;
  /** "" when nobody has been heard from yet. */
  readonly endpoint: string;
  readonly allowedIps: readonly string[];
  /** Unix seconds; undefined when there was none. */
  readonly handshakeSeconds: number | undefined;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}
export interface WireguardInterface {
  readonly name: string;
  readonly publicKey: string;
  /** 0 when it does not listen. */
  readonly listenPort: number;
  readonly peers: readonly WireguardPeer[];
}

/**
 * Interfaces and peers of WireGuard on this machine, by `wg show all dump` (wg(8)). Private and preshared keys are printed as well; they are
 * dropped here and told nobody.
 *
 * @throws CollectError `missing_tool`, `permission`, `parse`
 */
export async function readWireguard(
  { exec }: Pick<CollectContext, "exec">,
  { useSudo }: { useSudo: boolean },
): Promise<readonly WireguardInterface[]> {
  const { code, stdout, stderr } = await exec("wg", ["show", "all", "dump"], {
    ...{ package: "wireguard-tools", sudo: useSudo },
  });
  if (code === 0) return parseWireguard(stdout);
  const said = stderr.trim().split("\n", 1)[0]?.slice(0, 200) ?? "";
  if (/not permitted|permission denied/i.test(said))
    throw new CollectError("permission", `wg may not be used by the user Unity runs as: ${said}`, {
      hint: "Switch on Use sudo and add the plugin's line to sudoers, or let Unity run with CAP_NET_ADMIN.",
    });
  throw new CollectError("protocol", `wg ended with exit code ${code}: ${said}`);
}

/** Lines of an interface have 5 fields, lines of a peer 9, with tabs between them. */
function parseWireguard(stdout: string): readonly WireguardInterface[] {
  const found = new Map<string, WireguardInterface & { peers: WireguardPeer[] }>();
  for (const line of stdout.split("\n")) {
    if (line === "") continue;
    const fields = line.split("\t");
    const [name = ""] = fields;
    if (fields.length === 5) {
      const [, , publicKey = "", port = ""] = fields;
      found.set(name, { name, publicKey, listenPort: toNumber(port), peers: [] });
    } else if (fields.length === 9) {
      const [, publicKey = "", , endpoint = "", allowed = "", handshake = "", received = "", sent = ""] = fields;
      found.get(name)?.peers.push({
        publicKey,
        endpoint: endpoint === "(none)" ? "" : endpoint,
        allowedIps: allowed === "(none)" ? [] : allowed.split(","),
        handshakeSeconds: toNumber(handshake) || undefined,
        receivedBytes: toNumber(received),
        sentBytes: toNumber(sent),
      });
      // The line itself may hold a key, so it is not told.
    } else throw new CollectError("parse", `wg printed a line of ${fields.length} fields instead of 5 or 9.`);
  }
  return [...found.values()];
}

function toNumber(text: string): number {
  if (!/^\d{1,19}$/.test(text)) throw new CollectError("parse", "wg printed something else where a number should be.");
  return Number(text);
}
