import { z } from "zod";
import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";
import { type Mesh, type Peer, parseInstant } from "./mesh";

const text = () => z.string().nullish();
const Connection = z.looseObject({ connected: z.boolean().nullish(), error: text() }).nullish();
const Detail = z.looseObject({
  fqdn: text(),
  netbirdIp: text(),
  publicKey: text(),
  status: text(),
  lastStatusUpdate: text(),
  connectionType: text(),
  latency: z.number().nullish(),
  lastWireguardHandshake: text(),
  transferReceived: z.number().nullish(),
  transferSent: z.number().nullish(),
});
/** `netbird status --json`. */
const Status = z.looseObject({
  peers: z.looseObject({ details: z.array(Detail).nullish() }).nullish(),
  cliVersion: text(),
  daemonVersion: text(),
  daemonStatus: text(),
  management: Connection,
  signal: Connection,
  relays: z.looseObject({ available: z.number().nullish() }).nullish(),
  fqdn: text(),
});

const NANOSECONDS = 1e9;

export async function readNetbird({ exec, config }: CollectContext<Config>): Promise<Mesh> {
  const { code, stdout, stderr } = await exec("netbird", ["status", "--json"], {
    ...{ package: "netbird", sudo: config.useSudo },
  });
  const said = `${stdout}\n${stderr}`;
  if (code !== 0) throw refusal(code, said);
  // Before the login it answers in words, whatever was asked for.
  const [, word] = /^Daemon status: (\w+)/m.exec(stdout) ?? [];
  if (word !== undefined) return { online: false, state: word, version: "", self: "" };
  const status = parse(stdout);
  const { management, signal } = status;
  const errors = [management?.error, signal?.error].filter((error) => typeof error === "string" && error !== "");
  return {
    online: management?.connected === true && signal?.connected !== false,
    // Older ones do not say; then the connection to the management tells.
    state: status.daemonStatus || (management?.connected === true ? "Connected" : "Disconnected"),
    version: status.daemonVersion || status.cliVersion || "",
    self: shortName(status.fqdn),
    peers: (status.peers?.details ?? []).map(peerOf),
    healthProblems: errors.map(String),
    relaysAvailable: status.relays?.available ?? undefined,
  };
}

function peerOf(peer: z.output<typeof Detail>): Peer {
  const { status, connectionType, latency } = peer;
  const isConnected = status === "Connected";
  return {
    name: shortName(peer.fqdn) || (peer.netbirdIp ?? ""),
    id: peer.publicKey || peer.netbirdIp || "",
    // Idle is one that is connected as soon as something is sent: whether it is there is not known.
    online: status === "Idle" ? undefined : isConnected,
    direct: isConnected && connectionType ? connectionType === "P2P" : undefined,
    latencySeconds: isConnected && latency ? latency / NANOSECONDS : undefined,
    lastSeen: isConnected ? parseInstant(peer.lastStatusUpdate) : undefined,
    lastHandshake: parseInstant(peer.lastWireguardHandshake),
    receivedBytes: peer.transferReceived ?? undefined,
    sentBytes: peer.transferSent ?? undefined,
  };
}

const shortName = (fqdn: string | null | undefined) => (fqdn ?? "").split(".")[0] ?? "";

function parse(stdout: string): z.output<typeof Status> {
  try {
    return Status.parse(JSON.parse(stdout));
  } catch (error) {
    throw new CollectError("parse", `netbird printed something else than its status: ${stdout.slice(0, 100)}`, {
      cause: error,
    });
  }
}

function refusal(code: number, said: string): CollectError {
  const line = said.trim().split("\n", 1)[0]?.slice(0, 200) ?? "";
  if (/permission denied|must be run|need root/i.test(said))
    return new CollectError("permission", `netbird does not answer the user Unity runs as: ${line}`, {
      hint: "Switch on Use sudo and add the plugin's line to sudoers.",
    });
  if (/failed to connect to daemon|connection refused|no such file/i.test(said))
    return new CollectError("unreachable", `NetBird's service does not answer: ${line}`, {
      hint: "Start it: netbird service start. In a container mount /var/run/netbird.sock.",
    });
  return new CollectError("protocol", `netbird ended with exit code ${code}: ${line}`);
}
