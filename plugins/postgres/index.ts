import { CollectError, chart, definePlugin, meter, states, table } from "../sdk";
import { collectActivity, collectConnections, readSettings } from "./activity";
import { alerts } from "./alerts";
import { config } from "./config";
import { collectDatabases } from "./databases";
import { discover } from "./discover";
import { describeServer } from "./inventory";
import { metrics } from "./metrics";
import { type Ask, placeOf, withDatabase } from "./open";
import { parseRow, ServerRow, shortVersion } from "./parse";
import { SERVER } from "./queries";
import { collectReplication } from "./replication";
import type { Survey } from "./survey";
import { collectTables, collectUpkeep, readStatements } from "./upkeep";

/** Whose views have all the columns that are read. */
const OLDEST_VERSION_NUM = 120_000;

export default definePlugin({
  id: "postgres",
  name: "PostgreSQL",
  summary: "Connections, transactions, cache hits, long transactions and locks, sizes, replication and wraparound.",
  category: "database",
  tier: 0,
  kind: "network",
  needs: ["A role with pg_monitor", "PostgreSQL 12 or newer"],
  intervalSeconds: 30,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("postgres_connections_used_ratio", "Connections", { warn: 0.8, bad: 0.95 }),
    meter("postgres_cache_hit_ratio", "Cache hits", { warn: 0.95, bad: 0.8, lowIsBad: true }),
    states("postgres_slot_active", "Replication slots", "slot"),
    table({
      title: "Databases",
      by: "database",
      columns: [
        { metric: "postgres_database_size_bytes", title: "Size" },
        { metric: "postgres_blocks_read_total", title: "Blocks read" },
        { metric: "postgres_temp_bytes_total", title: "Temporary files" },
        { metric: "postgres_deadlocks_total", title: "Deadlocks" },
        { metric: "postgres_xid_age", title: "Not frozen for" },
      ],
    }),
    table({
      title: "Replicas",
      by: "client",
      columns: [
        { metric: "postgres_replication_lag_seconds", title: "Behind" },
        { metric: "postgres_replication_lag_bytes", title: "WAL behind" },
      ],
    }),
    chart("Transactions", ["postgres_transactions_total"]),
    chart("Connections", ["postgres_connections"], { stacked: true }),
    chart("Longest open", [
      "postgres_longest_transaction_seconds",
      "postgres_longest_query_seconds",
      "postgres_longest_idle_in_transaction_seconds",
    ]),
    chart("Rows", ["postgres_rows_total"]),
    chart("Waiting for locks", ["postgres_locks_waiting", "postgres_backends_blocked"]),
    chart("Cache hits", ["postgres_cache_hit_ratio"]),
    chart("Size", ["postgres_database_size_bytes", "postgres_wal_size_bytes"]),
    chart("Replication", ["postgres_replication_lag_seconds", "postgres_standby_lag_seconds"]),
    chart("Kept for slots", ["postgres_slot_retained_bytes"]),
  ],
  help: {
    auth: "Check user and password, and that pg_hba.conf lets this machine in.",
    permission: "GRANT pg_monitor TO the role of the settings.",
    not_found: "Check the name of the database, or the folder of the socket.",
    unreachable: "Check host and port, and listen_addresses in postgresql.conf.",
    tls: "Paste the CA's certificate, set the TLS server name, or choose another TLS mode.",
    unsupported_version: "PostgreSQL 12 or newer is needed.",
  },
  discover,
  target: placeOf,
  collect: (context, report) => withDatabase(context, (ask) => collectServer(context, report, ask)),
});

async function collectServer(context: Survey["context"], report: Survey["report"], ask: Ask): Promise<void> {
  const row = parseRow(ServerRow, await ask({ sql: SERVER }));
  const version = shortVersion(row.version);
  if (row.version_num < OLDEST_VERSION_NUM)
    throw new CollectError("unsupported_version", `${placeOf(context.config)} is PostgreSQL ${version}.`);
  const role = row.in_recovery ? "standby" : "primary";
  report("postgres_info", 1, { version, role });
  report("postgres_in_recovery", row.in_recovery ? 1 : 0);
  report("postgres_start_timestamp_seconds", row.started_at);

  const server = { versionNum: row.version_num, inRecovery: row.in_recovery };
  const survey: Survey = { context, report, ask, server, readsAll: row.reads_all };
  const settings = await readSettings(survey);
  const databases = await collectDatabases(survey);
  await collectConnections(
    survey,
    settings,
    databases.shown.map(({ name }) => name),
  );
  await collectActivity(survey);
  const replication = await collectReplication(survey);
  report("postgres_items_truncated", databases.truncated || replication.truncated ? 1 : 0);
  await collectUpkeep(survey, settings);
  const tables = await collectTables(survey);
  const statements = await readStatements(survey);
  const seen = { version: row.version, role, startedAt: row.started_at, settings };
  report.inventory(describeServer({ ...seen, databases, replication, tables, statements }));
}
