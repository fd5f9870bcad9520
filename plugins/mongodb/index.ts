import {
  type CollectContext,
  CollectError,
  chart,
  definePlugin,
  meter,
  type Report,
  states,
  table,
  toLabel,
} from "../sdk";
import { placeOf } from "./address";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import { collectDatabases } from "./databases";
import { discover } from "./discover";
import { ROLES_HINT } from "./failure";
import { metrics } from "./metrics";
import { type Ask, openServer } from "./open";
import { Hello, parseAnswer, ServerStatus } from "./parse";
import { collectOplog, collectReplicaSet, type MemberFacts } from "./replica-set";
import { reportStatus } from "./status";
import type { Survey } from "./survey";

export default definePlugin({
  id: "mongodb",
  name: "MongoDB",
  summary: "Connections, operations and their time, memory and cache, databases, and members of a replica set.",
  category: "database",
  tier: 0,
  kind: "network",
  needs: ["A user with the role clusterMonitor, and read on local for the oplog", "MongoDB 4.2 or newer"],
  intervalSeconds: 30,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  discover,
  board: [
    meter("mongodb_connections_used_ratio", "Connections", { warn: 0.8, bad: 0.95 }),
    meter("mongodb_cache_used_ratio", "Cache", { warn: 0.9, bad: 0.97 }),
    meter("mongodb_fs_used_ratio", "Disk", { warn: 0.8, bad: 0.9 }),
    meter("mongodb_queue", "Waiting", { combine: "sum", warn: 10, bad: 100 }),
    states("mongodb_member_healthy", "Members", "member"),
    table({
      title: "Replication",
      by: "member",
      columns: [{ metric: "mongodb_replication_lag_seconds", title: "Behind" }],
    }),
    table({
      title: "Databases",
      by: "database",
      columns: [
        { metric: "mongodb_database_size_bytes", title: "Documents" },
        { metric: "mongodb_database_index_bytes", title: "Indexes" },
        { metric: "mongodb_database_objects", title: "Number" },
      ],
    }),
    chart("Operations", ["mongodb_operations_total"]),
    chart("Time of operations", ["mongodb_operation_latency_seconds_total"], { stacked: true }),
    chart("Connections", ["mongodb_connections"], { where: { state: "current" } }),
    chart("Memory", ["mongodb_memory_resident_bytes", "mongodb_cache_used_bytes", "mongodb_cache_dirty_bytes"]),
    chart("Traffic", ["mongodb_network_bytes_total"]),
    chart("Waiting for locks", ["mongodb_queue"]),
    chart("Errors inside", ["mongodb_asserts_total"]),
    chart("Size", ["mongodb_database_size_bytes"], { stacked: true }),
    chart("Replication", ["mongodb_replication_lag_seconds"]),
    chart("Oplog", ["mongodb_oplog_window_seconds"]),
  ],
  help: {
    auth: "Check user, password and the database of the user (authSource, mostly admin).",
    permission: ROLES_HINT,
    unreachable: "Check host and port, and bindIp in mongod.conf.",
    timeout: "The server is overloaded, or something that is not MongoDB takes connections at this port.",
    tls: "Paste the CA's certificate, or set the server name. The server may ask for a client certificate, too.",
    protocol: "Something else than MongoDB answers at this port, or it expects TLS.",
    unsupported_version: "MongoDB 4.2 or newer is needed.",
    dns: "Check the name; mongodb+srv needs an SRV record.",
  },
  target: placeOf,
  collect: collectServer,
});

async function collectServer(context: CollectContext<Config>, report: Report<typeof metrics>): Promise<void> {
  const ask = await openServer(context);
  const survey: Survey = { context, report, ask };
  const hello = parseAnswer(Hello, await sayHello(ask), "hello");
  const command = { serverStatus: 1, tcmalloc: 0, locks: 0, repl: 0 };
  const status = parseAnswer(ServerStatus, await ask({ db: "admin", command }), "serverStatus");
  const set = toLabel(hello.setName ?? "");
  report("mongodb_info", 1, { version: toLabel(status.version), set: set || "none" });
  reportStatus(survey, status);
  let members: readonly MemberFacts[] = [];
  if (hello.setName !== undefined) {
    members = await collectReplicaSet(survey);
    await collectOplog(survey);
  }
  const { databases, truncated } = await collectDatabases(survey);
  report("mongodb_items_truncated", truncated ? 1 : 0);
  report.inventory({
    facts: {
      version: toLabel(status.version),
      role: roleOf(hello),
      ...(set === "" ? {} : { set }),
      ...(status.host === undefined ? {} : { host: toLabel(status.host) }),
    },
    lists: {
      databases: databases.map((one) => ({ ...one })),
      ...(members.length === 0 ? {} : { members: members.map((one) => ({ ...one })) }),
    },
  });
}

/** Servers before 4.2.10 know it by its older name. */
async function sayHello(ask: Ask): Promise<unknown> {
  try {
    return await ask({ db: "admin", command: { hello: 1 } });
  } catch (error) {
    if (!(error instanceof CollectError) || error.reason !== "unsupported_version") throw error;
    return ask({ db: "admin", command: { isMaster: 1 } });
  }
}

function roleOf({ msg, setName, isWritablePrimary, ismaster, secondary, arbiterOnly }: Hello): string {
  if (msg === "isdbgrid") return "router";
  if (setName === undefined) return "standalone";
  if (isWritablePrimary || ismaster) return "primary";
  if (secondary) return "secondary";
  return arbiterOnly ? "arbiter" : "starting";
}
