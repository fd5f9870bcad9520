import { z } from "zod";
import { CollectError, parseAnswer } from "../sdk";
import { type Database, reportDatabases } from "./databases";
import type { Survey } from "./server";

/** /debug/vars: an object whose entries are statistics, beside some of Go's own. */
const Vars = z.record(z.string(), z.unknown());
const Statistic = z.object({
  name: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  values: z.record(z.string(), z.unknown()),
});
type Statistic = z.output<typeof Statistic>;
const System = z.object({ uptime: z.number() });

const Query = z.object({
  results: z.array(
    z.object({
      error: z.string().optional(),
      series: z.array(z.object({ values: z.array(z.array(z.unknown())).optional() })).optional(),
    }),
  ),
});

/** Statistics by name, each value added up over those of the name. */
interface Statistics {
  all(name: string): readonly Statistic[];
  sum(name: string, ...fields: string[]): number | undefined;
}

/** Metrics that are one value, or the sum of the values of one name. */
const PLAIN = [
  ["influxdb_points_written_total", "httpd", "pointsWrittenOK"],
  ["influxdb_points_failed_total", "httpd", "pointsWrittenFail"],
  ["influxdb_points_dropped_total", "httpd", "pointsWrittenDropped"],
  ["influxdb_auth_failures_total", "httpd", "authFail"],
  ["influxdb_queries_active", "queryExecutor", "queriesActive"],
  ["influxdb_queries_total", "queryExecutor", "queriesExecuted"],
  ["influxdb_write_timeouts_total", "write", "writeTimeout"],
  ["influxdb_tasks_failed_total", "cq", "queryFail"],
  ["influxdb_heap_bytes", "runtime", "HeapAlloc"],
  ["influxdb_goroutines", "runtime", "NumGoroutine"],
  ["influxdb_cache_bytes", "tsm1_cache", "memBytes"],
] as const;

/** Counts of requests by what they were for; the rest are others. */
const KINDS = [
  ["query", "queryReq"],
  ["write", "writeReq"],
] as const;

/** InfluxDB 1: everything is in /debug/vars, which is open also where logins are wanted; so the login is tried with a query. */
export async function collectVersion1(survey: Survey): Promise<readonly Database[]> {
  const { report, api, context } = survey;
  const { collectDatabases, username } = context.config;
  const vars = await api.read(Vars, "/debug/vars");
  const statistics = readStatistics(vars);
  if (statistics.all("httpd").length === 0 && statistics.all("runtime").length === 0)
    throw new CollectError("parse", `${api.base}/debug/vars has none of InfluxDB's statistics.`);
  // It listens only once it has opened its data.
  report("influxdb_ready", 1);
  reportStatistics(survey, statistics);
  const system = System.safeParse(vars.system);
  if (system.success) report("influxdb_uptime_seconds", system.data.uptime);
  if (collectDatabases || username) await countDatabases(survey);
  return collectDatabases ? reportDatabases(survey, listDatabases(statistics)) : [];
}

function readStatistics(vars: z.output<typeof Vars>): Statistics {
  const byName = new Map<string, Statistic[]>();
  for (const value of Object.values(vars)) {
    const parsed = Statistic.safeParse(value);
    if (parsed.success) byName.set(parsed.data.name, [...(byName.get(parsed.data.name) ?? []), parsed.data]);
  }
  const all = (name: string) => byName.get(name) ?? [];
  return { all, sum: (name, ...fields) => sumOf(all(name), fields) };
}

/** Undefined when none of them has any of the fields. */
function sumOf(statistics: readonly Statistic[], fields: readonly string[]): number | undefined {
  const values = statistics
    .flatMap(({ values }) => fields.map((field) => values[field]))
    .filter((value) => typeof value === "number");
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

function reportStatistics({ report }: Survey, { sum }: Statistics): void {
  for (const [metric, name, field] of PLAIN) {
    const value = sum(name, field);
    if (value !== undefined) report(metric, value);
  }
  const all = sum("httpd", "req");
  let others = all ?? 0;
  for (const [kind, field] of KINDS) {
    const value = sum("httpd", field);
    if (value === undefined) continue;
    others -= value;
    report("influxdb_http_requests_total", value, { kind, status_class: "any" });
  }
  if (all !== undefined)
    report("influxdb_http_requests_total", Math.max(0, others), { kind: "other", status_class: "any" });
  for (const side of ["client", "server"] as const) {
    const value = sum("httpd", `${side}Error`);
    if (value !== undefined) report("influxdb_http_errors_total", value, { side });
  }
  const nanoseconds = sum("queryExecutor", "queryDurationNs");
  if (nanoseconds !== undefined) report("influxdb_query_duration_seconds_total", nanoseconds / 1e9);
  const log = sum("tsm1_wal", "currentSegmentDiskBytes", "oldSegmentsDiskBytes");
  if (log !== undefined) report("influxdb_wal_bytes", log);
}

function listDatabases({ all }: Statistics): Database[] {
  const shards = groupByDatabase(all("shard"));
  return all("database").flatMap((statistic): Database[] => {
    const database = statistic.tags?.database;
    if (!database) return [];
    return [
      {
        database,
        series: sumOf([statistic], ["numSeries"]),
        measurements: sumOf([statistic], ["numMeasurements"]),
        diskBytes: sumOf(shards.get(database) ?? [], ["diskBytes"]),
      },
    ];
  });
}

function groupByDatabase(shards: readonly Statistic[]): ReadonlyMap<string, Statistic[]> {
  const groups = new Map<string, Statistic[]>();
  for (const shard of shards) {
    const database = shard.tags?.database ?? "";
    groups.set(database, [...(groups.get(database) ?? []), shard]);
  }
  return groups;
}

/** @throws CollectError `auth` when the login is wrong or missing */
async function countDatabases({ report, api }: Survey): Promise<void> {
  const answer = await api.ask(`/query?q=${encodeURIComponent("SHOW DATABASES")}`);
  const [result] = parseAnswer(Query, answer).results;
  if (result?.error !== undefined) {
    report.partial("permission", "The user may not list databases.");
    return;
  }
  const names = (result?.series ?? []).flatMap(({ values = [] }) => values);
  report("influxdb_databases", names.length);
}
