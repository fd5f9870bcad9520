import type { z } from "zod";
import { LatestEntry, StatusEntry, SummaryEntry } from "./cache-entries";
import type { KeyValue, KeyValues } from "./key-values";

type Latest = z.output<typeof LatestEntry>;
type Status = z.output<typeof StatusEntry>;
type Summary = z.output<typeof SummaryEntry>;

const TTL_SECONDS = { latest: 300, status: 30, summary: 60 };
const latestKey = (instanceId: string) => `unity:plugin:${instanceId}:latest`;
const statusKey = (instanceId: string) => `unity:plugin:${instanceId}:status`;
const SUMMARY_KEY = "unity:dashboard:summary";

/** What this process says about its instances, and what it may learn about those of others. Never rejects. */
export interface Cache {
  /** All undefined means nothing is said. */
  say(news: { latest?: readonly Latest[]; statuses?: readonly Status[]; summary?: Summary }): Promise<void>;
  latest(instanceId: string): Promise<Latest | undefined>;
  status(instanceId: string): Promise<Status | undefined>;
  summary(): Promise<Summary | undefined>;
  /** These instances are gone or others now. */
  drop(instanceIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Latest values, health and the summary, where other processes and programs see them. This process itself answers from memory,
 * which is there before any network: nothing here is read for what it knows itself, and nothing depends on it.
 */
export function createCache(place: KeyValues): Cache {
  async function read<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S> | undefined> {
    const text = await place.get(key);
    if (text === undefined) return undefined;
    // Whatever else lies there, from an older Unity or from somebody else, is a miss.
    return schema.safeParse(parseJson(text)).data;
  }

  return {
    async say({ latest = [], statuses = [], summary }) {
      const entries: KeyValue[] = [
        ...latest.map((each) => entry(latestKey(each.instanceId), TTL_SECONDS.latest, each)),
        ...statuses.map((each) => entry(statusKey(each.instanceId), TTL_SECONDS.status, each)),
        ...(summary ? [entry(SUMMARY_KEY, TTL_SECONDS.summary, summary)] : []),
      ];
      if (entries.length > 0) await place.put(entries);
    },
    latest: (instanceId) => read(latestKey(instanceId), LatestEntry),
    status: (instanceId) => read(statusKey(instanceId), StatusEntry),
    summary: () => read(SUMMARY_KEY, SummaryEntry),
    async drop(instanceIds) {
      if (instanceIds.length === 0) return;
      await place.remove([...instanceIds.flatMap((id) => [latestKey(id), statusKey(id)]), SUMMARY_KEY]);
    },
    close: () => place.close(),
  };
}

const entry = (key: string, ttlSeconds: number, value: object): KeyValue => ({
  key,
  ttlSeconds,
  text: JSON.stringify(value),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not ours: a miss like any other.
    return undefined;
  }
}
