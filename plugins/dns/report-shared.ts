import type { Context, Reported } from "./source";

export function reportIfKnown(report: Reported, metric: Single, value: number | null | undefined): void {
  if (typeof value === "number" && Number.isFinite(value)) report(metric, value);
}
type Single =
  | "dns_queries_window"
  | "dns_queries_total"
  | "dns_blocked_window"
  | "dns_blocking_resume_seconds"
  | "dns_blocklist_domains"
  | "dns_blocklist_age_seconds"
  | "dns_clients_active"
  | "dns_cache_hits_total"
  | "dns_cache_misses_total"
  | "dns_cache_evictions_total"
  | "dns_query_duration_seconds"
  | "dns_unwanted_replies_total"
  | "dns_request_list_exceeded_total"
  | "dns_dnssec_bogus_total"
  | "dns_uptime_seconds"
  | "dns_messages";

export function reportCache(report: Reported, hits: number | undefined, misses: number | undefined): void {
  reportIfKnown(report, "dns_cache_hits_total", hits);
  reportIfKnown(report, "dns_cache_misses_total", misses);
  if (hits !== undefined && misses !== undefined) report("dns_cache_hit_ratio", { part: hits, whole: hits + misses });
}

/** A part of the whole that is between 0 and 1; nothing without a whole. */
export function reportBlocked(report: Reported, blocked: number | null | undefined, total: number | null | undefined) {
  reportIfKnown(report, "dns_queries_window", total);
  reportIfKnown(report, "dns_blocked_window", blocked);
  if (typeof blocked === "number" && typeof total === "number" && total > 0)
    report("dns_blocked_ratio", Math.min(1, Math.max(0, blocked / total)));
}

export function reportUpstreams({ config }: Context, report: Reported, upstreams: ReadonlyMap<string, number>): void {
  const shown = [...upstreams].slice(0, config.maxItems);
  for (const [upstream, seconds] of shown) report("dns_upstream_duration_seconds", seconds, { upstream });
  report("dns_upstreams_truncated", upstreams.size > shown.length ? 1 : 0);
}
