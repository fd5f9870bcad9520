import { z } from "zod";
import { readPart } from "../sdk";
import { type Database, reportDatabases } from "./databases";
import { type Figures, readFigures } from "./figures";
import { reportRequests } from "./requests";
import { MAX_SHORT_BYTES, type Survey } from "./server";

/** Each row names one database. */
const Databases = z.array(z.object({ "iox::database": z.string() }));

/** Metrics that are one of the server's own, added up over its series. */
const PLAIN = [
  ["influxdb_points_written_total", "influxdb3_write_lines_total"],
  ["influxdb_points_dropped_total", "influxdb3_write_lines_rejected_total"],
  ["influxdb_wal_bytes", "influxdb3_wal_buffer_size_bytes"],
  ["influxdb_cache_bytes", "influxdb3_parquet_cache_size_bytes"],
] as const;
const REQUESTS = "http_requests_total";
const PHASES = "influxdb_iox_query_log_phase_current";
const PHASES_TOTAL = "influxdb_iox_query_log_phase_entered_total";
const MEMORY = "jemalloc_memstats_bytes";
const STARTED = "process_start_time_seconds";
const WANTED = new Set([...PLAIN.map(([, name]) => name), REQUESTS, PHASES, PHASES_TOTAL, MEMORY, STARTED]);
/** Phases of a query that has not ended. */
const RUNNING = ["received", "planned", "logically_planned", "permit"];

/** InfluxDB 3 Core: everything wants a token. */
export async function collectVersion3(survey: Survey): Promise<readonly Database[]> {
  const { report, api, context } = survey;
  const health = await api.ask("/health", { accept: [500, 503], maxBytes: MAX_SHORT_BYTES });
  report("influxdb_ready", health.status === 200 && /^\s*"?ok\b/i.test(health.body) ? 1 : 0);
  await readPart(context, report, async () => reportFigures(survey, await readFigures(survey, WANTED)));
  if (!context.config.collectDatabases) return [];
  const rows = await readPart(context, report, () => api.read(Databases, "/api/v3/configure/database?format=json"));
  if (!rows) return [];
  report("influxdb_databases", rows.length);
  const unknown = { series: undefined, measurements: undefined, diskBytes: undefined };
  return reportDatabases(
    survey,
    rows.map((row) => ({ database: row["iox::database"], ...unknown })),
  );
}

function reportFigures(survey: Survey, samples: Figures): void {
  const { report, context } = survey;
  for (const [metric, name] of PLAIN) {
    const value = samples.sum(name);
    if (value !== undefined) report(metric, value);
  }
  reportRequests(survey, samples.of(REQUESTS));
  if (samples.of(PHASES).length > 0)
    report(
      "influxdb_queries_active",
      RUNNING.reduce((sum, phase) => sum + (samples.sum(PHASES, { phase }) ?? 0), 0),
    );
  const queries = samples.sum(PHASES_TOTAL, { phase: "received" });
  if (queries !== undefined) report("influxdb_queries_total", queries);
  const memory = samples.sum(MEMORY, { stat: "allocated" });
  if (memory !== undefined) report("influxdb_heap_bytes", memory);
  const startedAt = samples.sum(STARTED);
  if (startedAt !== undefined) report("influxdb_uptime_seconds", Math.max(0, context.now / 1_000 - startedAt));
}
