import type { SeriesUsage, StoreStats } from "../metrics/store";
import type { PluginLoad, StorageLoad } from "./plan-storage";

const DAY_MS = 86_400_000;
/** As measured on the benchmark's generator; until there is enough of one's own. */
const CHUNKS = { bytesPerSample: 2.3, bytesPerBucket: 10 };
/** Hypertables with compression, rollups as rows. */
const TIMESCALE = { bytesPerSample: 6, bytesPerBucket: 60 };
/** Chunks on disk against what is in them: pages, indexes, rows. */
const CHUNK_OVERHEAD = 1.25;
/** Fewer samples, or bytes, say nothing yet about how well they are compressed. */
const TELLING_SAMPLES = 5_000;
const TELLING_BYTES = 10_000_000;
/** Nothing is collected more often. */
const MOST_PER_DAY = 86_400;

/** Series of one plugin, and how many samples a day they should get by their instances' intervals. */
export interface PluginSeries {
  readonly plugin: string;
  readonly series: readonly number[];
  readonly expectedPerDay: number;
}
/** A plugin's part of what is there now. */
export interface PluginUsage extends PluginLoad {
  readonly samples: number;
  /** null where the engine cannot say. */
  readonly bytes: number | null;
}
export interface MeasuredLoad extends StorageLoad {
  readonly plugins: readonly PluginUsage[];
}

/** What comes in, and what it takes on disk: measured where there is something to measure, else by the plugins' intervals. */
export function measureLoad({
  stats,
  usage,
  plugins,
  now,
}: {
  stats: Pick<StoreStats, "engine" | "samples" | "bytes" | "tables">;
  usage: readonly SeriesUsage[] | undefined;
  plugins: readonly PluginSeries[];
  now: number;
}): MeasuredLoad {
  if (!usage) return expectLoad(stats, plugins);
  const bySeries = new Map(usage.map((one) => [one.series, one]));
  const stored = usage.reduce((sum, one) => sum + one.stored.bytes, 0);
  const { usual, chunkBytes, rollupBytes, overhead, rawTogether } = readTables(stats.tables ?? [], stored);
  const otherBytes = Math.max(0, stats.bytes - chunkBytes - rollupBytes);

  const measured = plugins.map(({ plugin, series }) => {
    const mine = series.flatMap((id) => bySeries.get(id) ?? []);
    const active = mine.filter(({ lastAt }) => now - lastAt < DAY_MS);
    const sum = (of: (one: SeriesUsage) => number) => mine.reduce((total, one) => total + of(one), 0);
    const storedSamples = sum((one) => one.stored.samples);
    const storedBytes = sum((one) => one.stored.bytes);
    const samples = sum((one) => one.samples);
    const perSample = storedSamples < TELLING_SAMPLES ? usual.bytesPerSample : (storedBytes / storedSamples) * overhead;
    // Rollups by the number of series, samples that are in no chunk yet by their number.
    const bytes =
      share(storedBytes, stored) * chunkBytes +
      share(mine.length, usage.length) * rollupBytes +
      share(samples, stats.samples) * otherBytes;
    return {
      plugin,
      series: active.length,
      samplesPerDay: active.reduce((total, one) => total + perDay(one), 0),
      bytesPerSample: perSample,
      samples,
      bytes,
    };
  });
  return { plugins: measured, bytesPerBucket: usual.bytesPerBucket, otherBytes, rawTogether };
}

/** What the tables are to the samples in them. @param stored bytes of those that are compressed */
function readTables(tables: NonNullable<StoreStats["tables"]>, stored: number) {
  const bytesOf = (...names: string[]) =>
    tables.reduce((sum, { name, bytes }) => sum + (names.includes(name) ? bytes : 0), 0);
  if (tables.some(({ name }) => name === "plugin_metrics")) {
    // The last days lie beside them as rows, however long anything is kept.
    const rollupBytes = bytesOf("plugin_metrics_hourly", "plugin_metrics_daily");
    return { usual: TIMESCALE, chunkBytes: stored, rollupBytes, overhead: 1, rawTogether: true };
  }
  const chunkBytes = bytesOf("plugin_metrics_chunk");
  const overhead = stored < TELLING_BYTES ? CHUNK_OVERHEAD : Math.min(3, Math.max(1, chunkBytes / stored));
  const rollupBytes = bytesOf("plugin_metrics_rollup_chunk");
  return { usual: CHUNKS, chunkBytes, rollupBytes, overhead, rawTogether: false };
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** Over all of its time: gaps count, for they will come again. */
function perDay({ samples, firstAt, lastAt }: SeriesUsage): number {
  if (samples < 2 || lastAt <= firstAt) return 0;
  return Math.min(MOST_PER_DAY, ((samples - 1) * DAY_MS) / (lastAt - firstAt));
}

function expectLoad(stats: Pick<StoreStats, "samples" | "bytes">, plugins: readonly PluginSeries[]): MeasuredLoad {
  const { bytesPerBucket } = TIMESCALE;
  const bytesPerSample = stats.samples < TELLING_SAMPLES ? TIMESCALE.bytesPerSample : stats.bytes / stats.samples;
  const expected = plugins.map(({ plugin, series, expectedPerDay }) => ({
    plugin,
    series: series.length,
    samplesPerDay: expectedPerDay,
    bytesPerSample,
    samples: 0,
    bytes: null,
  }));
  return { plugins: expected, bytesPerBucket, otherBytes: 0 };
}
