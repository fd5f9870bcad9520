import type { z } from "zod";
import { version } from "../../package.json";
import type { About } from "../trpc/about-outputs";
import type { Unity } from "../unity";

const DAY_MS = 86_400_000;

type Parts = Pick<
  Unity,
  "registry" | "instances" | "series" | "store" | "retention" | "clock" | "localHost" | "startedAt" | "databaseFacts"
>;

/** This Unity itself: what runs, where its data lies and how much there is. */
export async function describeAbout(parts: Parts): Promise<z.output<typeof About>> {
  const { registry, instances, store, clock, localHost, startedAt, databaseFacts } = parts;
  const { engine, samples, bytes, oldestAt, pending, lastFlushMs } = await store.stats();
  const { rawDays, hourlyDays, dailyDays } = parts.retention.get();
  const all = instances.list();
  return {
    at: clock.now(),
    version,
    runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    startedAt,
    host: localHost,
    database: databaseFacts.shown,
    plugins: registry.all().length,
    brokenPlugins: registry.broken.length,
    instances: all.length,
    series: all.reduce((sum, { id }) => sum + parts.series.ofInstance(id).length, 0),
    memoryBytes: process.memoryUsage.rss(),
    store: { engine, samples, bytes, oldestAt, pending, lastFlushMs },
    retention: { rawMs: rawDays * DAY_MS, hourlyMs: hourlyDays * DAY_MS, dailyMs: dailyDays * DAY_MS },
  };
}
