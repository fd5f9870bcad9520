import { type CollectContext, readWireguard } from "../sdk";
import type { Config } from "./config";
import type { Mesh } from "./mesh";

/** Enough of a key to tell it from others. */
const SHOWN_KEY = 8;

/** A mesh of WireGuard tunnels on one interface: every peer is reached directly. */
export async function readWireguardMesh(context: CollectContext<Config>): Promise<Mesh> {
  const { config, now } = context;
  const found = (await readWireguard(context, config)).find(({ name }) => name === config.interface);
  const nameOf = (key: string) =>
    (Object.hasOwn(config.peerNames, key) ? config.peerNames[key] : undefined) ?? key.slice(0, SHOWN_KEY);
  return {
    online: found !== undefined,
    state: found ? "up" : "down",
    version: "",
    self: config.interface ?? "",
    peers: found?.peers.map(({ publicKey, handshakeSeconds, receivedBytes, sentBytes }) => {
      const age = handshakeSeconds === undefined ? undefined : now / 1_000 - handshakeSeconds;
      const online = age !== undefined && age < config.staleAfterSeconds;
      return {
        ...{ name: nameOf(publicKey), id: publicKey.slice(0, 2 * SHOWN_KEY), online },
        direct: online ? true : undefined,
        lastHandshake: handshakeSeconds,
        ...{ receivedBytes, sentBytes },
      };
    }),
  };
}
