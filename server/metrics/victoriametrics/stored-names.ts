import { eq, inArray } from "drizzle-orm";
import type { Connection } from "../../db/database";
import type { NameSeries, SeriesNames } from "./labels";

/** Numbers in one question. */
const PER_QUESTION = 500;

/** What series are called, from the database: for whoever has them not in memory. */
export function createStoredNames({ db, schema: { metricSeries, plugins } }: Connection): NameSeries {
  return async (series) => {
    const names = new Map<number, SeriesNames>();
    for (let start = 0; start < series.length; start += PER_QUESTION) {
      const rows = await db
        .select({
          id: metricSeries.id,
          metric: metricSeries.metric,
          labels: metricSeries.labels,
          plugin: plugins.plugin,
          instance: plugins.name,
          host: plugins.host,
        })
        .from(metricSeries)
        .innerJoin(plugins, eq(metricSeries.instanceId, plugins.id))
        .where(inArray(metricSeries.id, series.slice(start, start + PER_QUESTION)));
      for (const { id, ...mine } of rows) names.set(id, mine);
    }
    return names;
  };
}
