import { Redis } from "ioredis";
import type { Ears, Wire } from "./postgres-notify";

const SEND_WITHIN_MS = 250;
const CONNECT_WITHIN_MS = 2_000;
const LONGEST_RECONNECT_MS = 10_000;

/** Redis or Valkey in the same place. Connects in the background, and again; one that is away or slow costs nothing. */
export function openRedisWire(url: string, channel: string, { heard, opened }: Ears): Wire {
  const options = {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    disableClientInfo: true,
    connectionName: "unity",
    retryStrategy: (attempt: number) => Math.min(LONGEST_RECONNECT_MS, 250 * 2 ** Math.min(attempt, 6)),
  };
  const sender = new Redis(url, { ...options, commandTimeout: SEND_WITHIN_MS });
  // A connection that listens can do nothing else.
  const listener = new Redis(url, { ...options, autoResubscribe: false });
  for (const client of [sender, listener]) {
    // The cache tells that there is no Redis now.
    client.on("error", () => undefined);
    client.connect().catch(() => undefined);
  }
  listener.on("ready", () => void listener.subscribe(channel).then(opened, () => listener.disconnect(true)));
  listener.on("message", (_channel: string, text: string) => heard(text));

  return {
    async send(text) {
      if (sender.status !== "ready") return false;
      try {
        await sender.publish(channel, text);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      sender.disconnect();
      listener.disconnect();
    },
  };
}
