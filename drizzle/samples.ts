import type { Vocabulary } from "./dialects/postgres";

/**
 * The tables of the chunk engine (`server/metrics/chunks`). In the embedded database they lie in a file of their own; elsewhere
 * beside the others. Instants are epoch milliseconds in plain integers: they are read and written by the thousand.
 */
export function defineSamples(d: Vocabulary) {
  /** Write-ahead: one row a flush, with the samples of all series, until each of them is in a chunk. */
  const metricBatches = d.table(
    "plugin_metrics_batch",
    {
      /** The process that wrote it. */
      writer: d.id().notNull(),
      id: d.long().notNull(),
      samples: d.int().notNull(),
      data: d.blob().notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.writer, t.id] })],
  );

  /** Compressed samples of one series. Chunks of a series never overlap. */
  const metricChunks = d.table(
    "plugin_metrics_chunk",
    {
      series: d.int().notNull(),
      /** Of the first and of the last sample. */
      startAt: d.long().notNull(),
      endAt: d.long().notNull(),
      samples: d.int().notNull(),
      sum: d.real().notNull(),
      min: d.real().notNull(),
      max: d.real().notNull(),
      last: d.real().notNull(),
      data: d.blob().notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.series, t.startAt] })],
  );

  /** Compressed buckets of `tier` seconds of one series, many a row. */
  const metricRollups = d.table(
    "plugin_metrics_rollup_chunk",
    {
      tier: d.int().notNull(),
      series: d.int().notNull(),
      startAt: d.long().notNull(),
      buckets: d.int().notNull(),
      data: d.blob().notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.tier, t.series, t.startAt] })],
  );

  /** What is known of a series without reading its chunks. */
  const metricHeads = d.table("plugin_metrics_head", {
    series: d.int().primaryKey(),
    /** Every sample of this series in batches up to this one is in chunks. */
    sealedBatch: d.long().notNull(),
    firstAt: d.long().notNull(),
    lastAt: d.long().notNull(),
    lastValue: d.real().notNull(),
    /** The newest chunk: where it begins, and how many samples it has. */
    chunkAt: d.long().notNull(),
    chunkSamples: d.int().notNull(),
    /** In chunks, and their bytes. */
    samples: d.long().notNull(),
    bytes: d.long().notNull(),
  });

  /** How far each tier reaches. */
  const metricState = d.table("plugin_metrics_state", { key: d.key().primaryKey(), value: d.long().notNull() });

  return { metricBatches, metricChunks, metricRollups, metricHeads, metricState };
}
