import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../db/database";
import type { Row } from "./piece";

const SeriesRow = z.object({
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  instanceId: z.string().max(36),
  metric: z.string().max(191),
  labels: z.record(z.string(), z.string()),
  hash: z.string().max(191),
  createdAt: z.number().int().min(0),
});

/** Series are numbered by each database for itself: the same one is that of the same instance, metric and labels. */
export async function mapSeries(
  { db, schema: { metricSeries }, dialect }: Connection,
  rows: readonly Row[],
  ids: Map<number, number>,
): Promise<void> {
  const wanted = rows.map((row) => {
    const { id, ...facts } = SeriesRow.parse(row);
    return { id, facts };
  });
  await dialect.insertIgnore(
    db,
    metricSeries,
    wanted.map(({ facts }) => facts),
  );
  const { id, instanceId, hash } = metricSeries;
  for (const instance of new Set(wanted.map(({ facts }) => facts.instanceId))) {
    const mine = wanted.filter(({ facts }) => facts.instanceId === instance);
    const hashes = mine.map(({ facts }) => facts.hash);
    const found = await db
      .select({ id, hash })
      .from(metricSeries)
      .where(and(eq(instanceId, instance), inArray(hash, hashes)));
    const byHash = new Map(found.map((row) => [row.hash, row.id]));
    for (const { id: theirs, facts } of mine) {
      const ours = byHash.get(facts.hash);
      if (ours !== undefined) ids.set(theirs, ours);
    }
  }
}
