import { toLabel } from "../sdk";
import { openProxy } from "./open-proxy";
import { findValue, parseMetrics, type Sample, sumBy } from "./prometheus";
import type { Cap, Context, Reported } from "./source";
import { classOf, type Durations, reportAverages, reportRequests, reportTotals } from "./traffic";

interface CaddyMetrics {
  readonly healthy: ReadonlyMap<string, boolean>;
  readonly hasRequests: boolean;
  readonly version: string;
}

const isWanted = (name: string) => (name.startsWith("caddy_") || name === "go_build_info") && !name.endsWith("_bucket");

/**
 * Handlers that hand on to the next one. Each handler of a route counts the request, so only those that answer are
 * added up.
 */
const PASSING = new Set([
  "authentication",
  "copy_response_headers",
  "encode",
  "headers",
  "intercept",
  "invoke",
  "log_append",
  "map",
  "push",
  "request_body",
  "rewrite",
  "templates",
  "tracing",
  "vars",
]);

/** Reports Caddy's own metrics. Those of requests are there only when switched on in the Caddyfile. @throws CollectError */
export async function readCaddyMetrics(
  context: Context,
  report: Reported,
  cap: Cap,
  url: string,
): Promise<CaddyMetrics> {
  const api = openProxy(context, context.config.metricsUrl ?? `${url}/metrics`);
  const { body } = await api.ask("", { headers: { accept: "text/plain" } });
  const samples = parseMetrics(body, api.base, isWanted);
  const byServer = (name: string) => sumBy(samples, `caddy_http_${name}`, answeringServer);
  const requests = byServer("requests_total");
  reportRequests(context, report, cap, byClass(samples));
  reportTotals(report, cap, "reverse_proxy_request_errors_total", byServer("request_errors_total"));
  reportTotals(report, cap, "reverse_proxy_received_bytes_total", byServer("request_size_bytes_sum"));
  reportTotals(report, cap, "reverse_proxy_sent_bytes_total", byServer("response_size_bytes_sum"));
  const seconds = byServer("request_duration_seconds_sum");
  const counts = byServer("request_duration_seconds_count");
  reportTotals(report, cap, "reverse_proxy_request_duration_seconds_total", seconds);
  reportTotals(report, cap, "reverse_proxy_request_duration_count_total", counts);
  const durations = [...counts].map(([server, requests]): [string, Durations] => [
    server,
    { seconds: seconds.get(server) ?? 0, requests },
  ]);
  reportAverages(context, report, cap, new Map(durations));
  for (const [server, inWork] of cap([...byServer("requests_in_flight")]))
    report("reverse_proxy_requests_in_flight", inWork, { server: toLabel(server) });
  reportReload(report, samples);
  return {
    healthy: new Map(
      [...sumBy(samples, "caddy_reverse_proxy_upstreams_healthy", "upstream")].map(([name, up]) => [name, up > 0]),
    ),
    hasRequests: requests.size > 0,
    version: versionOf(samples),
  };
}

function answeringServer(labels: Sample["labels"]): string | undefined {
  return PASSING.has(labels.get("handler") ?? "") ? undefined : labels.get("server");
}

/** The code stands at the durations, of which there is one for each request that was answered. */
function byClass(samples: readonly Sample[]): Map<string, Map<string, number>> {
  const sums = new Map<string, Map<string, number>>();
  for (const { name, labels, value } of samples) {
    const server = answeringServer(labels);
    if (name !== "caddy_http_request_duration_seconds_count" || server === undefined) continue;
    const classes = sums.get(server) ?? new Map<string, number>();
    const codeClass = classOf(labels.get("code") ?? "");
    sums.set(server, classes.set(codeClass, (classes.get(codeClass) ?? 0) + value));
  }
  return sums;
}

function reportReload(report: Reported, samples: readonly Sample[]): void {
  const succeeded = findValue(samples, "caddy_config_last_reload_successful");
  const succeededAt = findValue(samples, "caddy_config_last_reload_success_timestamp_seconds");
  if (succeeded !== undefined) report("reverse_proxy_config_errors", succeeded === 1 ? 0 : 1, { kind: "reload" });
  if (succeededAt) report("reverse_proxy_config_last_reload_success_timestamp_seconds", succeededAt);
}

/** The version of the main module: empty in builds of distributions. */
function versionOf(samples: readonly Sample[]): string {
  const build = samples.find(({ name }) => name === "go_build_info");
  const version = build?.labels.get("version") ?? "";
  return version === "(devel)" ? "" : version;
}
