import { toLabel } from "../sdk";
import type { Row } from "./open";
import { toNumber } from "./parse";
import { replicasQuery } from "./queries";
import { attempt, type Survey } from "./survey";

export interface Channel {
  readonly channel: string;
  readonly source: string;
  readonly receives: string;
  readonly applies: string;
  readonly lagSeconds: number | undefined;
  readonly problem: string;
}
export interface Channels {
  readonly channels: readonly Channel[];
  readonly truncated: boolean;
}

/** On a replica: whether it receives and applies, and how far it is behind. Nothing on a server that replicates from none. */
export async function collectReplication(survey: Survey): Promise<Channels> {
  const { report, ask, server, context } = survey;
  if (!context.config.collectReplication) return { channels: [], truncated: false };
  const rows = await attempt(survey, "Replication", () => ask({ sql: replicasQuery(server) }));
  const all = "value" in rows ? rows.value.map(toChannel) : [];
  const channels = all.slice(0, context.config.maxItems);
  for (const { channel, receives, applies, lagSeconds } of channels) {
    if (receives !== "") report("mysql_replica_running", receives === "Yes" ? 1 : 0, { channel, thread: "io" });
    if (applies !== "") report("mysql_replica_running", applies === "Yes" ? 1 : 0, { channel, thread: "sql" });
    // NULL while it does not run: how far it is behind is unknown then.
    if (lagSeconds !== undefined) report("mysql_replica_lag_seconds", lagSeconds, { channel });
  }
  return { channels, truncated: all.length > channels.length };
}

/** MySQL 8.0.22 and newer say replica and source where older ones and MariaDB say slave and master. */
function toChannel(row: Row): Channel {
  const either = (...names: string[]) => names.map((name) => row[name]).find((value) => value) ?? "";
  const host = either("Source_Host", "Master_Host");
  return {
    // The unnamed one is what nearly everybody has.
    channel: toLabel(either("Channel_Name", "Connection_name")) || "default",
    source: host === "" ? "" : toLabel(`${host}:${either("Source_Port", "Master_Port")}`),
    receives: toLabel(either("Replica_IO_Running", "Slave_IO_Running")),
    applies: toLabel(either("Replica_SQL_Running", "Slave_SQL_Running")),
    lagSeconds: toNumber(either("Seconds_Behind_Source", "Seconds_Behind_Master")),
    problem: describeProblem(either("Last_SQL_Error", "Last_IO_Error", "Last_Error")),
  };
}

/** Without the statement that failed: it holds data, and a CREATE USER even a password. */
const describeProblem = (text: string) => toLabel(text.replace(/\s*(on query\b|Query:|Duplicate entry)[\s\S]*$/i, ""));
