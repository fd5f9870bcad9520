import { type CollectContext, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { collectClientLimit, collectPing, collectSlowness } from "./commands";
import { type Config, config } from "./config";
import { discover } from "./discover";
import { ACL_LINE } from "./failure";
import { reportFigures, reportPersistence } from "./figures";
import { describeServer, identify } from "./inventory";
import { reportItems, reportMasterLink } from "./items";
import { metrics } from "./metrics";
import { collectCluster, reportSentinel } from "./modes";
import { openServer, placeOf } from "./open";
import { parseInfo } from "./parse-info";
import type { Survey } from "./survey";

export default definePlugin({
  id: "redis",
  name: "Redis / Valkey",
  summary: "Memory, hit rate, evictions, clients, persistence and replication; also clusters and Sentinel.",
  category: "database",
  tier: 0,
  kind: "network",
  needs: [`A user that may look, where one is needed: ${ACL_LINE}`],
  intervalSeconds: 15,
  timeoutMs: 10_000,
  config,
  metrics,
  alerts,
  board: [
    meter("redis_memory_used_ratio", "Memory limit", { warn: 0.8, bad: 0.9 }),
    meter("redis_keyspace_hit_ratio", "Hits", { warn: 0.8, bad: 0.5, lowIsBad: true }),
    meter("redis_memory_used_bytes", "Memory"),
    meter("redis_clients", "Clients", { where: { state: "connected" }, max: "redis_clients_max" }),
    states("redis_persistence_ok", "Written to disk", "kind"),
    states("redis_sentinel_master_ok", "Masters", "master"),
    table({
      title: "Databases",
      by: "db",
      columns: [
        { metric: "redis_keys", title: "Keys" },
        { metric: "redis_keys_expiring", title: "Will expire" },
      ],
    }),
    table({
      title: "Replicas",
      by: "replica",
      columns: [{ metric: "redis_replica_lag_bytes", title: "Behind" }],
    }),
    table({
      title: "Refused commands",
      by: "error",
      columns: [{ metric: "redis_errors_total", title: "Replies" }],
      limit: 10,
    }),
    chart("Commands", ["redis_commands_total"]),
    chart("Memory", ["redis_memory_used_bytes", "redis_memory_rss_bytes", "redis_memory_max_bytes"]),
    chart("Lookups", ["redis_keyspace_hits_total", "redis_keyspace_misses_total"]),
    chart("Keys gone", ["redis_keys_expired_total", "redis_keys_evicted_total"]),
    chart("Clients", ["redis_clients"]),
    chart("Traffic", ["redis_network_bytes_total"]),
    chart("CPU", ["redis_cpu_seconds_total"], { stacked: true }),
    chart("Time of an answer", ["redis_ping_duration_seconds"]),
    chart("Not saved yet", ["redis_changes_since_save"]),
  ],
  help: {
    auth: "Check user and password; requirepass in redis.conf, or ACL LIST on the server.",
    permission: `Let the user look: ${ACL_LINE}`,
    unreachable: "Check host and port, bind in redis.conf, and that the server is not just loading its data.",
    timeout: "A long command or script blocks the server, or a firewall drops the connection.",
    protocol: "Something else than Redis answers at this port, or it expects TLS.",
    tls: "Paste the CA's certificate, or set the server name. Redis asks clients for a certificate, too.",
    parse: "What answers speaks Redis' protocol, but tells other things than Redis does.",
  },
  discover,
  target: placeOf,
  collect: collectServer,
});

async function collectServer(context: CollectContext<Config>, report: Report<typeof metrics>): Promise<void> {
  const ask = await openServer(context);
  const info = parseInfo(await ask(["INFO"]), placeOf(context.config));
  const survey: Survey = { context, report, ask, info };
  const identity = identify(info);
  report("redis_info", 1, { ...identity });
  const { masters, truncated } = reportSentinel(survey);
  reportFigures(survey);
  reportPersistence(survey);
  reportMasterLink(survey);
  const items = reportItems(survey);
  report("redis_items_truncated", truncated || items.truncated ? 1 : 0);
  // While it loads it refuses everything but INFO.
  const loading = info.number("loading") === 1;
  if (!loading) {
    await collectPing(survey);
    await collectClientLimit(survey);
  }
  const cluster = loading ? undefined : await collectCluster(survey);
  const latency = loading ? [] : await collectSlowness(survey);
  report.inventory(describeServer({ identity, info, items, masters, cluster, latency }));
}
