import { Redis, ReplyError } from "ioredis";
import type { Ears, Wire } from "./postgres-notify";

const SEND_WITHIN_MS = 250;
/** A connection that only listens looks open when it was cut on the way: it is asked. */
const ASK_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;
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
  const listener = new Redis(url, { ...options, commandTimeout: ANSWER_WITHIN_MS, autoResubscribe: false });
  for (const client of [sender, listener]) {
    // The cache tells that there is no Redis now.
    client.on("error", () => undefined);
    client.connect().catch(() => undefined);
  }
  listener.on("ready", () => void listener.subscribe(channel).then(opened, () => listener.disconnect(true)));
  listener.on("message", (_channel: string, text: string) => heard(text));
  const timer = setInterval(() => {
    if (listener.status === "ready") listener.ping().catch(() => listener.disconnect(true));
  }, ASK_EVERY_MS);
  timer.unref();

  return {
    async send(text, receivers = 0) {
      if (sender.status !== "ready") return false;
      try {
        // Processes without a Redis, or with another one, hear it by PostgreSQL.
        return (await sender.publish(channel, text)) >= receivers;
      } catch (error) {
        // Late answers would pile up behind this one: a fresh connection has none.
        if (!(error instanceof ReplyError)) sender.disconnect(true);
        return false;
      }
    },
    async close() {
      clearInterval(timer);
      sender.disconnect();
      listener.disconnect();
    },
  };
}
