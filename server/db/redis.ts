import { setTimeout as pause } from "node:timers/promises";
import { Redis, ReplyError } from "ioredis";
import { type Availability, createBreaker } from "./breaker";

/** Nobody waits longer for what one may do without. */
const ANSWER_WITHIN_MS = 250;
const CONNECT_WITHIN_MS = 2_000;
const FIRST_ANSWER_WITHIN_MS = 3_000;
const LONGEST_RECONNECT_MS = 10_000;
/** So many commands are under way at once: an answer of that many fits the time, and so does what waits in the socket. */
const MAX_AT_ONCE = 200;
/** No answer of ours is longer; who knows what else lies under our keys. */
const MAX_TEXT = 1 << 20;

export interface RedisOptions {
  readonly now: () => number;
  /** Hears of every change, once. The first is `available: true` when the server answers. */
  readonly told: (state: Availability) => void;
}

/** Redis or Valkey as a place for texts that expire. Commands fit Redis 2.6 and later. */
export interface RedisValues {
  get(key: string): Promise<string | undefined>;
  put(entries: readonly { key: string; text: string; ttlSeconds: number }[]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects in the background: a server that is away, slow, full or talks nonsense delays nothing and rejects nothing. It is tried
 * again, and found when it comes back.
 * @param url `redis://` or `rediss://`, with name, password and database as usual
 */
export function openRedis(url: string, { now, told }: RedisOptions): RedisValues {
  const breaker = createBreaker({ now, told, isOfKind: (error) => error instanceof ReplyError });
  const client = new Redis(url, {
    lazyConnect: true,
    // What waits for a connection is out of date when it comes.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    commandTimeout: ANSWER_WITHIN_MS,
    protocol: 2,
    disableClientInfo: true,
    connectionName: "unity",
    retryStrategy: (attempt) => Math.min(LONGEST_RECONNECT_MS, 250 * 2 ** Math.min(attempt, 6)),
  });
  // Its errors reach whoever asks; the client wants to be listened to all the same.
  let lastError = "it did not answer";
  client.on("error", (error: Error) => {
    lastError = error.message;
  });
  // Until the first connection is made or not, nothing is known that could be told.
  let begun = false;
  const first = client.connect().catch(() => undefined);
  void Promise.race([first, pause(FIRST_ANSWER_WITHIN_MS, undefined, { ref: false })]).then(async () => {
    begun = true;
    if (await ask("ping", (redis) => redis.ping())) told({ available: true });
  });

  async function ask<T>(kind: string, work: (client: Redis) => Promise<T>): Promise<T | undefined> {
    if (!begun) return undefined;
    return breaker.attempt(kind, async () => {
      if (client.status !== "ready") throw new Error(lastError);
      try {
        return await work(client);
      } catch (error) {
        // Late answers would pile up behind this one: a fresh connection has none.
        if (!(error instanceof ReplyError)) client.disconnect(true);
        throw error;
      }
    });
  }

  return {
    async get(key) {
      const text = await ask("read", (redis) => redis.get(key));
      return typeof text === "string" && text.length <= MAX_TEXT ? text : undefined;
    },
    async put(entries) {
      for (let start = 0; start < entries.length; start += MAX_AT_ONCE) {
        const some = entries.slice(start, start + MAX_AT_ONCE);
        await ask("write", (redis) =>
          Promise.all(some.map(({ key, text, ttlSeconds }) => redis.set(key, text, "EX", ttlSeconds))),
        );
      }
    },
    async remove(keys) {
      for (let start = 0; start < keys.length; start += MAX_AT_ONCE)
        await ask("remove", (redis) => redis.del(...keys.slice(start, start + MAX_AT_ONCE)));
    },
    async close() {
      client.disconnect();
    },
  };
}
