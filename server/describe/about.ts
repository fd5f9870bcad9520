import type { z } from "zod";
import { version } from "../../package.json";
import { RETENTION } from "../maintenance";
import type { About } from "../trpc/outputs";
import type { Unity } from "../unity";

type Parts = Pick<
  Unity,
  "registry" | "instances" | "series" | "store" | "clock" | "localHost" | "startedAt" | "database"
>;

/** This Unity itself: what runs, where its data lies and how much there is. */
export async function describeAbout(parts: Parts): Promise<z.output<typeof About>> {
  const { registry, instances, store, clock, localHost, startedAt, database } = parts;
  const all = instances.list();
  return {
    at: clock.now(),
    version,
    runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    startedAt,
    host: localHost,
    database,
    plugins: registry.all().length,
    brokenPlugins: registry.broken.length,
    instances: all.length,
    series: all.reduce((sum, { id }) => sum + parts.series.ofInstance(id).length, 0),
    memoryBytes: process.memoryUsage.rss(),
    store: await store.stats(),
    retention: { ...RETENTION },
  };
}
