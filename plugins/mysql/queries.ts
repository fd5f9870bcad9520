/** What is asked. Nothing that was read gets into a query. */

const inList = (names: readonly string[]) => names.map((name) => `'${name}'`).join(", ");

const VARIABLE_NAMES = [
  "binlog_format",
  "character_set_server",
  "default_storage_engine",
  "gtid_mode",
  "hostname",
  "innodb_buffer_pool_size",
  "innodb_page_size",
  "log_bin",
  "long_query_time",
  "max_connections",
  "read_only",
  "slow_query_log",
  "version",
  "version_comment",
  "wsrep_on",
] as const;
export type VariableName = (typeof VARIABLE_NAMES)[number];
export const VARIABLES = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${inList(VARIABLE_NAMES)})`;

/** Statements worth a line of their own; there are some 150 kinds. */
export const COMMANDS = [
  "select",
  "insert",
  "insert_select",
  "update",
  "update_multi",
  "delete",
  "delete_multi",
  "replace",
  "replace_select",
  "load",
  "begin",
  "commit",
  "rollback",
  "call_procedure",
  "stmt_prepare",
  "stmt_execute",
  "create_table",
  "alter_table",
  "drop_table",
  "truncate",
] as const;

const STATUS_NAMES = [
  "Aborted_clients",
  "Aborted_connects",
  "Access_denied_errors",
  "Bytes_received",
  "Bytes_sent",
  "Connections",
  "Created_tmp_disk_tables",
  "Innodb_buffer_pool_pages_data",
  "Innodb_buffer_pool_pages_dirty",
  "Innodb_buffer_pool_pages_free",
  "Innodb_buffer_pool_pages_total",
  "Innodb_buffer_pool_read_requests",
  "Innodb_buffer_pool_reads",
  "Innodb_deadlocks",
  "Innodb_history_list_length",
  "Innodb_page_size",
  "Innodb_row_lock_waits",
  "Max_used_connections",
  "Questions",
  "Slow_queries",
  "Threads_connected",
  "Threads_running",
  "Uptime",
  "wsrep_cluster_size",
  "wsrep_cluster_status",
  "wsrep_local_state_comment",
  "wsrep_ready",
] as const;
export type StatusName = (typeof STATUS_NAMES)[number] | `Com_${(typeof COMMANDS)[number]}`;
export const STATUS = `SHOW GLOBAL STATUS WHERE Variable_name IN (${inList([
  ...STATUS_NAMES,
  ...COMMANDS.map((command) => `Com_${command}`),
])})`;

/**
 * What MySQL tells nowhere else; on MariaDB the second is off. Fails without the privilege PROCESS, which the list of
 * statements needs, too, and does not say.
 */
export const innodbQuery = ({ flavour }: ServerKind) =>
  `SELECT name, count AS value FROM information_schema.INNODB_METRICS WHERE name IN ('trx_rseg_history_len', 'lock_deadlocks')${
    flavour === "mariadb" ? "" : " AND status = 'enabled'"
  }`;

/** Statements of clients: what replication and the server itself do runs for ever. */
const longestIn = (table: string) =>
  `SELECT COALESCE(MAX(time), 0) AS seconds FROM ${table} WHERE id <> CONNECTION_ID() AND command NOT IN ('Sleep', 'Daemon', 'Connect', 'Binlog Dump', 'Binlog Dump GTID', 'Slave_IO', 'Slave_SQL', 'Slave_worker', 'Replica_IO', 'Replica_SQL') AND user NOT IN ('system user', 'event_scheduler')`;
export const LONGEST = longestIn("information_schema.PROCESSLIST");
/** Where the older table is gone. */
export const LONGEST_NEWER = longestIn("performance_schema.processlist");

/** Largest first; one more than are shown. */
export const sizesQuery = (maxItems: number) =>
  `SELECT table_schema AS name, COUNT(*) AS tables, SUM(COALESCE(data_length, 0) + COALESCE(index_length, 0)) AS bytes FROM information_schema.TABLES WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys') GROUP BY table_schema ORDER BY bytes DESC LIMIT ${maxItems + 1}`;

export const BINARY_LOGS = "SHOW BINARY LOGS";

export interface ServerKind {
  readonly flavour: "mariadb" | "mysql" | "percona";
  /** 80 022 for 8.0.22. */
  readonly versionNumber: number;
}

/** MySQL 8.0.22 renamed it, 8.4 dropped the old name; MariaDB shows all channels by a name of its own. */
export function replicasQuery({ flavour, versionNumber }: ServerKind): string {
  if (flavour === "mariadb") return "SHOW ALL SLAVES STATUS";
  return versionNumber >= 80_022 ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS";
}
