import { CollectError, toLabel } from "../sdk";
import { openProxy } from "./open-proxy";
import { findValue, parseMetrics, type Sample, sumBy } from "./prometheus";
import type { Cap, Context, Reported } from "./source";
import { classOf, type Durations, reportAverages, reportRequests, reportTotals } from "./traffic";

const isWanted = (name: string) => name.startsWith("traefik_") && !name.endsWith("_bucket");

/**
 * Reports what Traefik's Prometheus metrics say. They are off unless switched on, and often on another port: without an address of
 * their own, their absence is no fault.
 *
 * @returns whether there are any
 */
export async function readTraefikMetrics(context: Context, report: Reported, cap: Cap, url: string): Promise<boolean> {
  const { metricsUrl } = context.config;
  try {
    const api = openProxy(context, metricsUrl ?? `${url}/metrics`);
    const { body } = await api.ask("", { headers: { accept: "text/plain" } });
    reportSamples(context, report, cap, parseMetrics(body, api.base, isWanted));
    return true;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    if (metricsUrl !== undefined) report.partial(error.reason, error.message);
    return false;
  }
}

function reportSamples(context: Context, report: Reported, cap: Cap, samples: readonly Sample[]): void {
  reportRequests(context, report, cap, byClass(samples, "traefik_entrypoint_requests_total", "entrypoint"));
  const totals = (name: string) => sumBy(samples, `traefik_entrypoint_${name}`, "entrypoint");
  reportTotals(report, cap, "reverse_proxy_received_bytes_total", totals("requests_bytes_total"));
  reportTotals(report, cap, "reverse_proxy_sent_bytes_total", totals("responses_bytes_total"));
  const seconds = totals("request_duration_seconds_sum");
  reportTotals(report, cap, "reverse_proxy_request_duration_seconds_total", seconds);
  reportTotals(report, cap, "reverse_proxy_request_duration_count_total", totals("request_duration_seconds_count"));
  reportAverages(context, report, cap, durationsOf(samples));
  reportConnections(report, cap, samples);
  for (const [service, retries] of cap([...sumBy(samples, "traefik_service_retries_total", "service")]))
    report("reverse_proxy_retries_total", retries, { service: toLabel(service) });
  reportReload(report, samples);
  reportCertificates(report, cap, samples);
  if (context.config.perRouter) {
    for (const [router, classes] of cap([...byClass(samples, "traefik_router_requests_total", "router")]))
      for (const [codeClass, total] of classes)
        report("reverse_proxy_router_requests_total", total, { router: toLabel(router), code_class: codeClass });
  }
}

function byClass(samples: readonly Sample[], name: string, label: string): Map<string, Map<string, number>> {
  const sums = new Map<string, Map<string, number>>();
  for (const sample of samples) {
    const item = sample.labels.get(label);
    if (sample.name !== name || item === undefined) continue;
    const classes = sums.get(item) ?? new Map<string, number>();
    const codeClass = classOf(sample.labels.get("code") ?? "");
    sums.set(item, classes.set(codeClass, (classes.get(codeClass) ?? 0) + sample.value));
  }
  return sums;
}

/** Services' own times where there are any; else those of the entry points. */
function durationsOf(samples: readonly Sample[]): Map<string, Durations> {
  const name = "request_duration_seconds";
  const of = (kind: "service" | "entrypoint") => {
    const requests = sumBy(samples, `traefik_${kind}_${name}_count`, kind);
    const seconds = sumBy(samples, `traefik_${kind}_${name}_sum`, kind);
    return new Map([...requests].map(([item, count]) => [item, { seconds: seconds.get(item) ?? 0, requests: count }]));
  };
  const services = of("service");
  return services.size > 0 ? services : of("entrypoint");
}

/** `traefik_open_connections` is version 3's, the other name version 2's. */
function reportConnections(report: Reported, cap: Cap, samples: readonly Sample[]): void {
  const newer = sumBy(samples, "traefik_open_connections", "entrypoint");
  const open = newer.size > 0 ? newer : sumBy(samples, "traefik_entrypoint_open_connections", "entrypoint");
  for (const [entrypoint, connections] of cap([...open]))
    report("reverse_proxy_connections", connections, { entrypoint: toLabel(entrypoint), state: "active" });
}

function reportReload(report: Reported, samples: readonly Sample[]): void {
  const succeededAt = findValue(samples, "traefik_config_last_reload_success");
  const failedAt = findValue(samples, "traefik_config_last_reload_failure");
  if (succeededAt) report("reverse_proxy_config_last_reload_success_timestamp_seconds", succeededAt);
  // Version 3 no longer tells of failures.
  if (succeededAt !== undefined && failedAt !== undefined)
    report("reverse_proxy_config_errors", failedAt > succeededAt ? 1 : 0, { kind: "reload" });
}

/** After a renewal the old certificate is still there for a while: the newest of a name counts. */
function reportCertificates(report: Reported, cap: Cap, samples: readonly Sample[]): void {
  const newest = new Map<string, number>();
  for (const { name, labels, value } of samples) {
    if (name !== "traefik_tls_certs_not_after" || value <= 0) continue;
    // A certificate may have names without a common name.
    const cn = toLabel(labels.get("cn") || labels.get("sans") || "");
    newest.set(cn, Math.max(newest.get(cn) ?? 0, value));
  }
  for (const [cn, expiresAt] of cap([...newest]))
    report("reverse_proxy_certificate_expiry_timestamp_seconds", expiresAt, { cn });
}
