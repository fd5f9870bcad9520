import { COMMANDS } from "./queries";
import type { Survey } from "./survey";

type Reporting = Pick<Survey, "report" | "status" | "variables">;

/** Metrics that are one line of SHOW GLOBAL STATUS. */
const PLAIN = [
  ["mysql_connections", "Threads_connected"],
  ["mysql_threads_running", "Threads_running"],
  ["mysql_connections_peak", "Max_used_connections"],
  ["mysql_connections_total", "Connections"],
  ["mysql_aborted_connects_total", "Aborted_connects"],
  ["mysql_aborted_clients_total", "Aborted_clients"],
  ["mysql_access_denied_total", "Access_denied_errors"],
  ["mysql_questions_total", "Questions"],
  ["mysql_slow_queries_total", "Slow_queries"],
  ["mysql_buffer_pool_reads_total", "Innodb_buffer_pool_reads"],
  ["mysql_buffer_pool_read_requests_total", "Innodb_buffer_pool_read_requests"],
  ["mysql_row_lock_waits_total", "Innodb_row_lock_waits"],
  ["mysql_tmp_disk_tables_total", "Created_tmp_disk_tables"],
  ["mysql_uptime_seconds", "Uptime"],
] as const;

/** Connections, statements, traffic and the buffer pool. */
export function reportStatus({ report, status, variables }: Reporting): void {
  for (const [metric, name] of PLAIN) {
    const value = status.number(name);
    if (value !== undefined) report(metric, value);
  }
  for (const command of COMMANDS) {
    const value = status.number(`Com_${command}`);
    if (value !== undefined) report("mysql_commands_total", value, { command });
  }
  const received = status.number("Bytes_received");
  if (received !== undefined) report("mysql_bytes_total", received, { direction: "in" });
  const sent = status.number("Bytes_sent");
  if (sent !== undefined) report("mysql_bytes_total", sent, { direction: "out" });
  const max = variables.number("max_connections");
  const used = status.number("Threads_connected");
  if (max !== undefined && max > 0) {
    report("mysql_connections_max", max);
    if (used !== undefined) report("mysql_connections_used_ratio", used / max);
  }
  const readOnly = variables.text("read_only");
  // Newer MariaDB knows degrees of it; all but OFF keep ordinary users from writing.
  if (readOnly !== "") report("mysql_read_only", ["OFF", "0"].includes(readOnly.toUpperCase()) ? 0 : 1);
  reportBufferPool({ report, status, variables });
  reportGalera({ report, status, variables });
}

function reportBufferPool({ report, status, variables }: Reporting): void {
  const asked = status.number("Innodb_buffer_pool_read_requests");
  const missed = status.number("Innodb_buffer_pool_reads");
  // Pages read ahead are read without being asked for.
  if (asked !== undefined && missed !== undefined)
    report("mysql_buffer_pool_hit_ratio", { part: Math.max(0, asked - missed), whole: asked });
  const pageBytes = status.number("Innodb_page_size") ?? variables.number("innodb_page_size");
  const [all, data, dirty, free] = (["total", "data", "dirty", "free"] as const).map((state) =>
    status.number(`Innodb_buffer_pool_pages_${state}`),
  );
  if (pageBytes === undefined || all === undefined || data === undefined || dirty === undefined || free === undefined)
    return;
  // Counted one after the other while the server works, so that a difference may be below nothing.
  const say = (state: string, pages: number) =>
    report("mysql_buffer_pool_bytes", Math.max(0, pages) * pageBytes, { state });
  say("clean", data - dirty);
  say("dirty", dirty);
  say("free", free);
  say("other", all - data - free);
}

/** MariaDB tells the lines of Galera also without a cluster. */
export const isInCluster = ({ variables }: Pick<Survey, "variables">) =>
  variables.text("wsrep_on").toUpperCase() === "ON";

/** Such a node answers what it is and refuses all statements (1047). */
export const hasLostCluster = (survey: Pick<Survey, "variables" | "status">) =>
  isInCluster(survey) && survey.status.text("wsrep_ready").toUpperCase() === "OFF";

function reportGalera({ report, status, variables }: Reporting): void {
  if (!isInCluster({ variables })) return;
  const size = status.number("wsrep_cluster_size");
  if (size !== undefined) report("mysql_galera_cluster_size", size);
  const ready = status.text("wsrep_ready");
  if (ready !== "") report("mysql_galera_ready", ready.toUpperCase() === "ON" ? 1 : 0);
}
