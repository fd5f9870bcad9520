import { z } from "zod";
import { type CollectContext, CollectError, parseAnswer } from "../sdk";
import type { Config } from "./config";
import { type Mesh, type Peer, parseInstant } from "./mesh";

/** A tailnet of a thousand machines answers with 1 MiB. */
const MAX_BYTES = 8 * 1_024 * 1_024;
/** The service refuses any other name, so that no web page can ask it. */
const STATUS = "http://local-tailscaled.sock/localapi/v0/status";

const text = () => z.string().nullish();
const PeerStatus = z.looseObject({
  ID: text(),
  HostName: text(),
  DNSName: text(),
  Online: z.boolean().nullish(),
  Active: z.boolean().nullish(),
  CurAddr: text(),
  RxBytes: z.number().nullish(),
  TxBytes: z.number().nullish(),
  LastSeen: text(),
  LastHandshake: text(),
  ExitNode: z.boolean().nullish(),
  KeyExpiry: text(),
});
type PeerStatus = z.output<typeof PeerStatus>;
/** ipnstate.Status of Tailscale, as `tailscale status --json` prints it. */
const Status = z.looseObject({
  Version: text(),
  BackendState: z.string(),
  Self: PeerStatus.nullish(),
  Health: z.array(z.string()).nullish(),
  Peer: z.record(z.string(), PeerStatus).nullish(),
  ClientVersion: z.looseObject({ RunningLatest: z.boolean().nullish() }).nullish(),
  ExitNodeStatus: z.looseObject({}).nullish(),
});

export async function readTailscale({ config, fetch }: CollectContext<Config>): Promise<Mesh> {
  const { socket } = config;
  const answer = await fetch(STATUS, { socketPath: socket, maxBytes: MAX_BYTES, maxRedirects: 0 }).catch(
    (error: unknown) => {
      if (!(error instanceof CollectError) || error.reason !== "not_found") throw error;
      throw new CollectError("not_found", error.message, {
        hint: "Check that tailscaled runs: systemctl status tailscaled. In a container mount its socket.",
        cause: error,
      });
    },
  );
  if (answer.status === 401 || answer.status === 403)
    throw new CollectError("permission", "Tailscale's service does not answer the user Unity runs as.", {
      hint: "Allow it: sudo tailscale set --operator=unity.",
    });
  if (answer.status !== 200 || answer.truncated)
    throw new CollectError(
      "protocol",
      `Tailscale's service answered ${answer.status}${answer.truncated ? ", and too much" : ""}.`,
    );
  const status = parseAnswer(Status, answer);
  const peers = Object.entries(status.Peer ?? {}).map(([key, peer]) => peerOf(key, peer));
  const newest = status.ClientVersion?.RunningLatest;
  return {
    online: status.BackendState === "Running" && status.Self?.Online !== false,
    state: status.BackendState,
    // 1.90.6-t1234567-g89abcdef: what is behind the dash names a build.
    version: (status.Version ?? "").replace(/-.*$/, ""),
    self: nameOf(status.Self ?? {}),
    selfKeyExpiry: parseInstant(status.Self?.KeyExpiry),
    peers: status.BackendState === "Running" ? peers : undefined,
    healthProblems: status.Health ?? [],
    exitNodeInUse:
      (status.ExitNodeStatus ?? undefined) !== undefined ||
      Object.values(status.Peer ?? {}).some(({ ExitNode }) => ExitNode === true),
    ...(typeof newest === "boolean" ? { updateAvailable: !newest } : {}),
  };
}

function peerOf(key: string, peer: PeerStatus): Peer {
  const { ID, Online, Active, CurAddr, RxBytes, TxBytes, LastSeen, LastHandshake, KeyExpiry } = peer;
  return {
    name: nameOf(peer),
    id: ID || key,
    online: Online ?? undefined,
    // Without traffic there is no path, and none is wanted.
    direct: Active ? (CurAddr ?? "") !== "" : undefined,
    lastSeen: parseInstant(LastSeen),
    lastHandshake: parseInstant(LastHandshake),
    receivedBytes: RxBytes ?? undefined,
    sentBytes: TxBytes ?? undefined,
    keyExpiry: parseInstant(KeyExpiry),
  };
}

/** The first part of the MagicDNS name, which is one of a kind; host names may be shared. */
const nameOf = ({ DNSName, HostName }: Pick<PeerStatus, "DNSName" | "HostName">) =>
  (DNSName ?? "").split(".")[0] || (HostName ?? "");
