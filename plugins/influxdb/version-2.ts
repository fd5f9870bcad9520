import { z } from "zod";
import { CollectError, parseAnswer, readPart } from "../sdk";
import { type Database, reportDatabases } from "./databases";
import { type Figures, readFigures } from "./figures";
import { reportRequests } from "./requests";
import { MAX_SHORT_BYTES, type Survey } from "./server";

const Health = z.object({ status: z.string() });
const Ready = z.object({ status: z.string().optional() });
const Buckets = z.object({
  buckets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      retentionRules: z.array(z.object({ everySeconds: z.number().optional() })).optional(),
    }),
  ),
});
type Bucket = z.output<typeof Buckets>["buckets"][number];

/** A page, and as many as there may be: more buckets than this are shown by their ids. */
const PAGE = 100;
const MAX_PAGES = 20;

/** Metrics that are one of the server's own, added up over its series. */
const PLAIN = [
  ["influxdb_points_written_total", "storage_writer_ok_points_sum"],
  ["influxdb_points_failed_total", "storage_writer_err_points_sum"],
  ["influxdb_points_dropped_total", "storage_writer_dropped_points_sum"],
  ["influxdb_write_timeouts_total", "storage_writer_timeouts"],
  ["influxdb_queries_active", "qc_executing_active"],
  ["influxdb_queries_total", "qc_requests_total"],
  ["influxdb_query_duration_seconds_total", "qc_all_duration_seconds_sum"],
  ["influxdb_wal_bytes", "storage_wal_size"],
  ["influxdb_cache_bytes", "storage_cache_inuse_bytes"],
  ["influxdb_heap_bytes", "go_memstats_heap_alloc_bytes"],
  ["influxdb_goroutines", "go_goroutines"],
  ["influxdb_uptime_seconds", "influxdb_uptime_seconds"],
] as const;
const REQUESTS = "http_api_requests_total";
const RUNS = "task_executor_total_runs_complete";
const SERIES = ["storage_bucket_series_num", "storage_shard_series"] as const;
const MEASUREMENTS = "storage_bucket_measurement_num";
const DISK = "storage_shard_disk_size";
const WANTED = new Set([...PLAIN.map(([, name]) => name), REQUESTS, RUNS, ...SERIES, MEASUREMENTS, DISK]);

/** InfluxDB 2: figures are open unless metrics are switched off; buckets want a token. */
export async function collectVersion2(survey: Survey): Promise<readonly Database[]> {
  const { report, context } = survey;
  const { collectDatabases, token } = context.config;
  report("influxdb_ready", (await isReady(survey)) ? 1 : 0);
  const samples = await readPart(context, report, () => readFigures(survey, WANTED));
  if (samples) reportFigures(survey, samples);
  const buckets = collectDatabases && token !== undefined ? await listBuckets(survey) : [];
  if (collectDatabases && token !== undefined) report("influxdb_databases", buckets.length);
  return collectDatabases ? reportDatabases(survey, joinBuckets(buckets, samples)) : [];
}

async function isReady({ api }: Survey): Promise<boolean> {
  const health = parseAnswer(Health, await api.ask("/health", { accept: [503], maxBytes: MAX_SHORT_BYTES }));
  const ready = await api.ask("/ready", { accept: [503], maxBytes: MAX_SHORT_BYTES });
  return health.status === "pass" && ready.status === 200 && parseAnswer(Ready, ready).status === "ready";
}

function reportFigures(survey: Survey, samples: Figures): void {
  const { report } = survey;
  for (const [metric, name] of PLAIN) {
    const value = samples.sum(name);
    if (value !== undefined) report(metric, value);
  }
  reportRequests(survey, samples.of(REQUESTS));
  if (samples.of(REQUESTS).length > 0)
    report("influxdb_auth_failures_total", samples.sum(REQUESTS, { response_code: "401" }) ?? 0);
  if (samples.of(RUNS).length > 0) report("influxdb_tasks_failed_total", samples.sum(RUNS, { status: "failed" }) ?? 0);
}

/** @throws CollectError `auth` when the token is wrong */
async function listBuckets({ api, context, report }: Survey): Promise<Bucket[]> {
  const { org } = context.config;
  const owner = org ? `&org=${encodeURIComponent(org)}` : "";
  const found: Bucket[] = [];
  try {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const path = `/api/v2/buckets?limit=${PAGE}&offset=${page * PAGE}${owner}`;
      const { buckets } = await api.read(Buckets, path);
      found.push(...buckets);
      if (buckets.length < PAGE) break;
    }
  } catch (error) {
    if (!(error instanceof CollectError) || !["permission", "not_found"].includes(error.reason)) throw error;
    report.partial(error.reason, `Buckets could not be listed. ${error.message}`);
  }
  return found;
}

/** Figures speak of buckets by their ids; the list gives names. Each may know some that the other does not. */
function joinBuckets(buckets: readonly Bucket[], samples: Figures | undefined): Database[] {
  const byId = new Map(buckets.map((bucket) => [bucket.id, bucket]));
  const figures = [...SERIES, MEASUREMENTS, DISK].flatMap((name) => samples?.of(name) ?? []);
  const ids = new Set([...byId.keys(), ...figures.map(({ labels }) => labels.bucket ?? "").filter(Boolean)]);
  const counts = new Map<string, number>();
  for (const { name } of buckets) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...ids].map((bucket): Database => {
    const known = byId.get(bucket);
    // Several organizations may each have one of the same name.
    const isShared = known !== undefined && (counts.get(known.name) ?? 0) > 1;
    const [series] = SERIES.map((name) => samples?.sum(name, { bucket })).filter((value) => value !== undefined);
    return {
      database: known ? (isShared ? `${known.name} (${bucket})` : known.name) : bucket,
      series,
      measurements: samples?.sum(MEASUREMENTS, { bucket }),
      diskBytes: samples?.sum(DISK, { bucket }),
      // 0 is for ever.
      retentionSeconds: known?.retentionRules?.find(({ everySeconds = 0 }) => everySeconds > 0)?.everySeconds,
    };
  });
}
