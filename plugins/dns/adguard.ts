import { z } from "zod";
import { type HttpApi, holdOffLogin, type Inventory, readPart, toLabel } from "../sdk";
import { baseUrlOf } from "./config";
import { openServer } from "./open-server";
import { reportBlocked, reportIfKnown, reportUpstreams } from "./report-shared";
import { count, counts, text } from "./shapes";
import type { Context, ReadSource, Reported } from "./source";

/** What is read of the answers under `/control` (AdGuard Home's openapi.yaml, 0.107). */
const Status = z.object({
  version: text,
  running: z.boolean().nullish(),
  protection_enabled: z.boolean(),
  protection_disabled_duration: count,
  start_time: count,
});

/** Lists of objects with one key each: `[{ "example.org": 12 }]`. */
const ranked = z
  .array(counts)
  .transform((entries) => entries.flat())
  .catch([]);
const Stats = z.object({
  num_dns_queries: z.number(),
  num_blocked_filtering: count,
  num_replaced_safebrowsing: count,
  num_replaced_parental: count,
  avg_processing_time: count,
  top_queried_domains: ranked,
  top_blocked_domains: ranked,
  top_clients: ranked,
  top_upstreams_avg_time: ranked,
});
type Stats = z.output<typeof Stats>;

const Filtering = z.object({
  enabled: z.boolean().nullish(),
  filters: z
    .array(z.object({ name: text, enabled: z.boolean().nullish(), rules_count: count, last_updated: text }))
    .nullish(),
});
type Filtering = z.output<typeof Filtering>;

/** AdGuard Home. Five refused logins shut an address out for a quarter of an hour, so a refusal is not repeated at once. */
export const readAdguard: ReadSource = (context, report) =>
  holdOffLogin(context, async () => {
    const api = openAdguard(context);
    const status = await api.read(Status, "/status");
    reportStatus(context, report, status);
    const stats = await api.read(Stats, "/stats");
    reportStats(context, report, stats);
    // Lists are worth less than the numbers: without them the instance is degraded.
    const filtering = await readPart(context, report, () => api.read(Filtering, "/filtering/status"));
    if (filtering) reportFiltering(context, report, filtering);
    return {
      facts: { server: "AdGuard Home", ...(status.version ? { version: toLabel(status.version) } : {}) },
      lists: { ...listTop(context, stats), ...listFilters(filtering) },
    };
  });

function openAdguard(context: Context): HttpApi {
  const { username, password } = context.config;
  const hint = "Check user and password. After five refused logins AdGuard Home shuts an address out for 15 minutes.";
  const refusal = { reason: "auth", hint } as const;
  const pair = Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64");
  const hasLogin = username !== undefined || password !== undefined;
  return openServer(context, {
    url: `${baseUrlOf(context.config)}/control`,
    headers: hasLogin ? { authorization: `Basic ${pair}` } : {},
    refusals: { 401: refusal, 403: refusal },
  });
}

function reportStatus({ now }: Context, report: Reported, status: z.output<typeof Status>): void {
  report("dns_info", 1, { type: "adguard", version: toLabel(status.version ?? "") });
  report("dns_blocking_enabled", status.protection_enabled ? 1 : 0);
  const pauseMs = status.protection_disabled_duration;
  if (pauseMs) report("dns_blocking_resume_seconds", pauseMs / 1_000);
  // Milliseconds since 1970; older versions do not say it.
  if (status.start_time) report("dns_uptime_seconds", Math.max(0, (now - status.start_time) / 1_000));
}

function reportStats(context: Context, report: Reported, stats: Stats): void {
  const parts = [stats.num_blocked_filtering, stats.num_replaced_safebrowsing, stats.num_replaced_parental];
  const known = parts.filter((part) => typeof part === "number");
  const blocked = known.length === 0 ? undefined : known.reduce((sum, part) => sum + part, 0);
  reportBlocked(report, blocked, stats.num_dns_queries);
  // Without questions there is no average.
  if (stats.num_dns_queries > 0) reportIfKnown(report, "dns_query_duration_seconds", stats.avg_processing_time);
  const averages = new Map(stats.top_upstreams_avg_time.map(([name, seconds]) => [toLabel(name), seconds]));
  reportUpstreams(context, report, averages);
}

function reportFiltering({ now }: Context, report: Reported, { enabled, filters }: Filtering): void {
  const used = (filters ?? []).filter((filter) => filter.enabled);
  const rules = used.map(({ rules_count }) => rules_count).filter((rules) => typeof rules === "number");
  report("dns_blocklist_domains", enabled === false ? 0 : rules.reduce((sum, each) => sum + each, 0));
  const updates = used.map(({ last_updated }) => Date.parse(last_updated ?? "")).filter(Number.isFinite);
  if (updates.length > 0) report("dns_blocklist_age_seconds", Math.max(0, (now - Math.min(...updates)) / 1_000));
}

function listFilters(filtering: Filtering | undefined): Inventory["lists"] {
  const rows = (filtering?.filters ?? []).slice(0, 200).map((filter) => ({
    list: toLabel(filter.name ?? ""),
    enabled: filter.enabled ?? false,
    rules: filter.rules_count ?? null,
    updated: toLabel(filter.last_updated ?? "") || null,
  }));
  return rows.length === 0 ? {} : { blocklists: rows };
}

function listTop({ config: { topN } }: Context, stats: Stats): Inventory["lists"] {
  if (topN === 0) return {};
  const rows = (label: "domain" | "client", list: Stats["top_clients"]) =>
    list.slice(0, topN).map(([name, queries]) => ({ [label]: toLabel(name), queries }));
  return {
    topDomains: rows("domain", stats.top_queried_domains),
    topBlocked: rows("domain", stats.top_blocked_domains),
    topClients: rows("client", stats.top_clients),
  };
}
