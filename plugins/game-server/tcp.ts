import { bareHost } from "./place";
import type { Context } from "./query";
import type { Snapshot } from "./snapshot";

/** Connects, and is content with that. */
export async function queryTcp({ connect, config }: Context): Promise<Snapshot> {
  // The settings have one of them.
  const port = config.port ?? config.queryPort ?? 0;
  const stream = await connect({ transport: "tcp", host: bareHost(config), port, timeoutMs: config.probeTimeoutMs });
  stream.close();
  const unknown = { players: undefined, playersMax: undefined, playerNames: [] };
  return { name: "", version: "", map: "", latencyMs: stream.connectMs, ...unknown };
}
