import { type CollectContext, chart, definePlugin, meter, placeOf, type Report, table, toLabel } from "../sdk";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import type { Database } from "./databases";
import { discover } from "./discover";
import { metrics } from "./metrics";
import { identify, openServer, type Server, type Survey } from "./server";
import { collectVersion1 } from "./version-1";
import { collectVersion2 } from "./version-2";
import { collectVersion3 } from "./version-3";

export default definePlugin({
  id: "influxdb",
  name: "InfluxDB",
  summary: "Writes, queries and their errors, series and disk space of each database or bucket. Versions 1, 2 and 3.",
  category: "database",
  tier: 0,
  kind: "network",
  needs: [
    "Version 1 with logins: a user, READ on the databases is enough",
    "Version 2: a token that may read buckets, for their names and retention",
    "Version 3: an admin token",
  ],
  intervalSeconds: 30,
  timeoutMs: 15_000,
  config,
  metrics,
  alerts,
  board: [
    meter("influxdb_ready", "Ready", { lowIsBad: true, bad: 0.5 }),
    meter("influxdb_series", "Series", { combine: "sum" }),
    meter("influxdb_points_written_total", "Points written"),
    table({
      title: "Databases",
      by: "database",
      columns: [
        { metric: "influxdb_series", title: "Series" },
        { metric: "influxdb_measurements", title: "Measurements" },
        { metric: "influxdb_disk_bytes", title: "Disk" },
      ],
    }),
    table({
      title: "Retention",
      by: "bucket",
      columns: [{ metric: "influxdb_bucket_retention_seconds", title: "Kept for" }],
    }),
    chart("Points", ["influxdb_points_written_total", "influxdb_points_failed_total", "influxdb_points_dropped_total"]),
    chart("Requests", ["influxdb_http_requests_total"]),
    chart("Failed requests", ["influxdb_http_errors_total", "influxdb_auth_failures_total"]),
    chart("Queries", ["influxdb_queries_total"]),
    chart("Running queries", ["influxdb_queries_active"]),
    chart("Series", ["influxdb_series"], { stacked: true }),
    chart("Disk", ["influxdb_disk_bytes", "influxdb_wal_bytes"], { stacked: true }),
    chart("Memory", ["influxdb_heap_bytes", "influxdb_cache_bytes"]),
    chart("Failed tasks", ["influxdb_tasks_failed_total"]),
  ],
  help: {
    auth: "Version 1: check user and password. Versions 2 and 3: check the token; version 3 wants an admin token for everything.",
    permission: "Give the token the right to read buckets, or the user READ on the databases.",
    unreachable: "Check address and port: 8086 for versions 1 and 2, 8181 for version 3.",
    not_found: "Check the address: another service may stand there, or the path prefix is missing.",
    protocol: "Another service answers at this address.",
    parse: "Another service answers at this address, or a proxy in between.",
    tls: "Paste the CA's certificate, or set the server name.",
    unsupported_version: "Versions 1, 2 and 3 are known.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  collect: collectServer,
});

async function collectServer(context: CollectContext<Config>, report: Report<typeof metrics>): Promise<void> {
  const server = await identify(context);
  report("influxdb_info", 1, { version: toLabel(server.version) || `${server.major}` });
  const survey: Survey = { context, report, api: openServer(context, server.major) };
  report.inventory(describeServer(server, await collectVersion(survey, server)));
}

function collectVersion(survey: Survey, { major }: Server): Promise<readonly Database[]> {
  switch (major) {
    case 1:
      return collectVersion1(survey);
    case 2:
      return collectVersion2(survey);
    case 3:
      return collectVersion3(survey);
    default:
      return major satisfies never;
  }
}

const describeServer = ({ version, major }: Server, databases: readonly Database[]) => ({
  facts: { version: toLabel(version), major },
  lists: {
    databases: databases.map(({ database, series, measurements, diskBytes, retentionSeconds }) => ({
      database,
      series: series ?? null,
      measurements: measurements ?? null,
      diskBytes: diskBytes ?? null,
      ...(major === 2 ? { retentionSeconds: retentionSeconds ?? null } : {}),
    })),
  },
});
