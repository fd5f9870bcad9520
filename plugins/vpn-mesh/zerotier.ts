import { z } from "zod";
import { type CollectContext, CollectError, openApi, toLabel } from "../sdk";
import type { Config } from "./config";
import type { Mesh, Peer } from "./mesh";

const URL = "http://127.0.0.1:9993";
const MAX_BYTES = 4 * 1_024 * 1_024;
const MAX_TOKEN_BYTES = 1_024;

/** ZeroTier One's own API: service/README.md of its repository. */
const Status = z.looseObject({
  address: z.string(),
  online: z.boolean(),
  tcpFallbackActive: z.boolean().nullish(),
  version: z.string().nullish(),
});
const Networks = z.array(z.looseObject({ status: z.string().nullish() }));
const Path = z.looseObject({
  active: z.boolean().nullish(),
  expired: z.boolean().nullish(),
  lastReceive: z.number().nullish(),
});
const Peers = z.array(
  z.looseObject({
    address: z.string(),
    role: z.string().nullish(),
    latency: z.number().nullish(),
    paths: z.array(Path).nullish(),
  }),
);

export async function readZerotier(context: CollectContext<Config>): Promise<Mesh> {
  const { config } = context;
  const hint = "The token is in /var/lib/zerotier-one/authtoken.secret.";
  const api = openApi(context, {
    ...{ url: config.url ?? URL, tls: config.tls, maxBytes: MAX_BYTES },
    headers: { "x-zt1-auth": await readToken(context) },
    refusals: { 401: { reason: "auth", hint }, 403: { reason: "auth", hint } },
  });
  const status = await api.read(Status, "/status");
  const networks = new Map<string, number>();
  for (const { status: name } of await api.read(Networks, "/network")) {
    const label = toLabel(name ?? "unknown");
    networks.set(label, (networks.get(label) ?? 0) + 1);
  }
  const peers = await api.read(Peers, "/peer");
  return {
    online: status.online,
    state: status.online ? (status.tcpFallbackActive ? "tcp_fallback" : "online") : "offline",
    version: status.version ?? "",
    self: status.address,
    networks,
    // Roots and moons are the way into the mesh, not machines of it.
    peers: peers.filter(({ role }) => role === "LEAF").map((peer) => peerOf(config, peer)),
    relaysAvailable: peers.filter(({ role, paths }) => role !== "LEAF" && (paths ?? []).some(isUsed)).length,
  };
}

async function readToken({ config, readFile }: CollectContext<Config>): Promise<string> {
  const token = config.authToken ?? (await readFile(config.authTokenPath, { maxBytes: MAX_TOKEN_BYTES })).trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new CollectError("auth", "ZeroTier's token has characters that cannot be sent.", {
    hint: "Check it: it is one line of letters and digits.",
  });
}

/** A leaf is listed while it is heard of; without a path of its own, a root passes on what it says. */
function peerOf({ peerNames }: Config, { address, latency, paths }: z.output<typeof Peers>[number]): Peer {
  const used = (paths ?? []).filter(isUsed);
  const lastReceive = Math.max(0, ...used.map((path) => path.lastReceive ?? 0));
  return {
    name: (Object.hasOwn(peerNames, address) ? peerNames[address] : undefined) ?? address,
    id: address,
    online: true,
    direct: used.length > 0,
    // -1 is not known.
    latencySeconds: typeof latency === "number" && latency >= 0 ? latency / 1_000 : undefined,
    lastSeen: lastReceive > 0 ? lastReceive / 1_000 : undefined,
  };
}

const isUsed = ({ active, expired }: z.output<typeof Path>) => active === true && expired !== true;
