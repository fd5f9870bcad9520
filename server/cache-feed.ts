import { type Cache, createCache } from "./metrics/cache";
import type { Unity } from "./unity";

type Parts = Pick<Unity, "instances" | "ledger" | "series" | "store" | "bus" | "clock" | "log">;
type News = Parameters<Cache["say"]>[0];

/** A summary that did not change is said again before it expires after 60 s. */
const REPEAT_SUMMARY_MS = 20_000;

/** Tells Redis or Valkey what this Unity knows, as it changes. Unity itself needs none of it. The answer stops that. */
export async function startCache(parts: Parts, redisUrl: string): Promise<() => Promise<void>> {
  const { log, clock } = parts;
  // Only who has a Redis pays for its client.
  const { openRedis } = await import("./db/redis");
  const place = openRedis(redisUrl, {
    now: clock.now,
    told: (state) => {
      if (state.available) log.info("the cache in Redis is in use");
      else
        log.warn({ reason: state.reason }, "the cache in Redis is out of use; Unity goes on without and tries again");
    },
  });
  return feedCache(parts, createCache(place));
}

/** One more viewer of the bus: a slow cache gets the newest values, later, and holds up nobody. */
export function feedCache(parts: Parts, cache: Cache): () => Promise<void> {
  const { bus, instances, clock } = parts;
  const stopping = new AbortController();
  /** When each instance that was spoken of was last changed by a person. */
  const spokenOf = new Map<string, number>();
  let summary: { text: string; at: number } | undefined;

  function changedSince(): string[] {
    const changed = [...spokenOf].filter(([id, updatedAt]) => instances.get(id)?.updatedAt !== updatedAt);
    for (const [id] of changed) spokenOf.delete(id);
    return changed.map(([id]) => id);
  }

  function newSummary(): News["summary"] {
    const counts = summarize(parts);
    const text = JSON.stringify(counts);
    const at = clock.now();
    if (summary?.text === text && at - summary.at < REPEAT_SUMMARY_MS) return undefined;
    summary = { text, at };
    return { version: 1, at, ...counts };
  }

  async function feed(): Promise<void> {
    for await (const message of bus.listen(stopping.signal)) {
      if (message.changed) {
        await cache.drop(changedSince());
        summary = undefined;
      }
      const ids = message.statuses.map(({ instanceId }) => instanceId);
      const there = ids.flatMap((id) => instances.get(id) ?? []);
      for (const { id, updatedAt } of there) spokenOf.set(id, updatedAt);
      await cache.say({
        latest: there.map(({ id }) => latestOf(parts, id)),
        statuses: there.map((instance) => statusOf(parts, instance)),
        summary: newSummary(),
      });
    }
  }
  const fed = feed();
  return async () => {
    stopping.abort();
    await fed;
    await cache.close();
  };
}

type Latest = NonNullable<News["latest"]>[number];
type Status = NonNullable<News["statuses"]>[number];

function latestOf({ series, store }: Parts, instanceId: string): Latest {
  const facts = series.ofInstance(instanceId);
  const values = store.latest(facts.map(({ id }) => id)).flatMap((sample) => {
    const fact = series.get(sample.series);
    return fact ? [{ ...sample, metric: fact.metric, labels: { ...fact.labels } }] : [];
  });
  return { version: 1, instanceId, values };
}

function statusOf({ ledger }: Parts, instance: { id: string; plugin: string; name: string; host: string }): Status {
  const { hint: _, ...status } = ledger.status(instance.id);
  return { version: 1, plugin: instance.plugin, name: instance.name, host: instance.host, ...status };
}

function summarize({ instances, ledger }: Parts) {
  const all = instances.list();
  const counts = { unknown: 0, healthy: 0, degraded: 0, failing: 0, paused: 0 };
  for (const { id, enabled } of all) counts[enabled ? ledger.status(id).health : "paused"] += 1;
  return { hosts: new Set(all.map(({ host }) => host)).size, instances: all.length, ...counts };
}
