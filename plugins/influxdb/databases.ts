import { toLabel } from "../sdk";
import type { Survey } from "./server";

/** A database of versions 1 and 3, a bucket of version 2. What is unknown is undefined. */
export interface Database {
  readonly database: string;
  readonly series: number | undefined;
  readonly measurements: number | undefined;
  readonly diskBytes: number | undefined;
  readonly retentionSeconds?: number | undefined;
}

/** Reports those with the most series. @returns them, for the list */
export function reportDatabases({ report, context }: Survey, found: readonly Database[]): readonly Database[] {
  const { maxItems } = context.config;
  const sorted = [...found].sort((a, b) => (b.series ?? 0) - (a.series ?? 0) || (a.database < b.database ? -1 : 1));
  const shown = sorted.slice(0, maxItems).map((one) => ({ ...one, database: toLabel(one.database) }));
  for (const { database, series, measurements, diskBytes, retentionSeconds } of shown) {
    if (series !== undefined) report("influxdb_series", series, { database });
    if (measurements !== undefined) report("influxdb_measurements", measurements, { database });
    if (diskBytes !== undefined) report("influxdb_disk_bytes", diskBytes, { database });
    if (retentionSeconds !== undefined)
      report("influxdb_bucket_retention_seconds", retentionSeconds, { bucket: database });
  }
  report("influxdb_items_truncated", found.length > shown.length ? 1 : 0);
  return shown;
}
