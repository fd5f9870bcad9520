import { chart, definePlugin, meter, states, table } from "../sdk";
import { collectActivity } from "./activity";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import { GRANTS_HINT } from "./failure";
import { describeServer } from "./inventory";
import { metrics } from "./metrics";
import { type Ask, placeOf, withServer } from "./open";
import { parseNamed, parseVersion } from "./parse";
import { STATUS, type StatusName, VARIABLES, type VariableName } from "./queries";
import { collectReplication } from "./replication";
import { collectSizes } from "./sizes";
import { hasLostCluster, reportStatus } from "./status";
import type { Survey } from "./survey";

export default definePlugin({
  id: "mysql",
  name: "MySQL / MariaDB",
  summary: "Connections, statements, slow queries, the buffer pool, locks, sizes, replication and Galera.",
  category: "database",
  tier: 0,
  kind: "network",
  needs: [
    "MariaDB: GRANT PROCESS, SLAVE MONITOR, BINLOG MONITOR ON *.* TO the user",
    "MySQL: GRANT PROCESS, REPLICATION CLIENT ON *.* TO the user",
    "For sizes: SELECT on the databases. The server lists nothing of those the user may not read, and does not say so.",
  ],
  intervalSeconds: 30,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("mysql_connections_used_ratio", "Connections", { warn: 0.8, bad: 0.95 }),
    meter("mysql_buffer_pool_hit_ratio", "Buffer pool hits", { warn: 0.95, bad: 0.8, lowIsBad: true }),
    meter("mysql_longest_query_seconds", "Longest statement", { warn: 60, bad: 600 }),
    states("mysql_replica_running", "Replication", "channel"),
    table({
      title: "Replication",
      by: "channel",
      columns: [{ metric: "mysql_replica_lag_seconds", title: "Behind" }],
    }),
    table({
      title: "Databases",
      by: "database",
      columns: [{ metric: "mysql_database_size_bytes", title: "Size" }],
    }),
    table({
      title: "Statements",
      by: "command",
      columns: [{ metric: "mysql_commands_total", title: "Statements" }],
      limit: 10,
    }),
    chart("Statements", ["mysql_questions_total", "mysql_slow_queries_total"]),
    chart("Connections", ["mysql_connections", "mysql_threads_running"]),
    chart("Refused and broken off", [
      "mysql_aborted_connects_total",
      "mysql_aborted_clients_total",
      "mysql_access_denied_total",
    ]),
    chart("Traffic", ["mysql_bytes_total"]),
    chart("Buffer pool", ["mysql_buffer_pool_bytes"], { stacked: true }),
    chart("Locks", ["mysql_row_lock_waits_total", "mysql_deadlocks_total"]),
    chart("Temporary tables on disk", ["mysql_tmp_disk_tables_total"]),
    chart("Old row versions", ["mysql_history_list_length"]),
    chart("Size", ["mysql_database_size_bytes", "mysql_binlog_size_bytes"]),
    chart("Replication", ["mysql_replica_lag_seconds"]),
  ],
  help: {
    auth: "Check user and password, and that the user was made for this machine ('unity'@'192.0.2.10').",
    permission: GRANTS_HINT,
    unreachable: "Check host and port, bind-address in the server's settings, and that it has connections left.",
    timeout: "The server is overloaded, or something else that waits to be spoken to first listens at this port.",
    tls: "Paste the CA's certificate, set the TLS server name, or choose another TLS mode.",
    protocol: "Something else than MySQL or MariaDB answers at this port.",
    rate_limited: "The server blocks this machine after failed connections: mariadb-admin flush-hosts.",
    not_found: "Check the path of the socket.",
  },
  discover,
  target: placeOf,
  collect: (context, report) => withServer(context, (ask) => collectServer(context, report, ask)),
});

async function collectServer(context: Survey["context"], report: Survey["report"], ask: Ask): Promise<void> {
  const variables = parseNamed<VariableName>(await ask({ sql: VARIABLES }));
  const server = parseVersion(variables.text("version"), variables.text("version_comment"));
  report("mysql_info", 1, { version: server.version, flavour: server.flavour });
  const status = parseNamed<StatusName>(await ask({ sql: STATUS }));
  const survey: Survey = { context, report, ask, server, variables, status };
  reportStatus(survey);
  if (hasLostCluster(survey)) {
    report.partial("unreachable", "The Galera node has lost its cluster and takes no statements.");
    report.inventory(describeServer({ server, variables, status, databases: [], channels: [] }));
    return;
  }
  await collectActivity(survey);
  const { channels, truncated } = await collectReplication(survey);
  const sizes = await collectSizes(survey);
  report("mysql_items_truncated", truncated || sizes.truncated ? 1 : 0);
  report.inventory(describeServer({ server, variables, status, databases: sizes.databases, channels }));
}
