import { hours, type Inventory, readPart, toLabel } from "../sdk";
import {
  Blocking,
  Ftl,
  Messages,
  Summary,
  TopClients,
  TopDomains,
  type Upstreams,
  Upstreams as UpstreamsShape,
  Version,
} from "./pihole-6-shapes";
import { type AskPihole, openPihole6 } from "./pihole-session";
import { remember } from "./remember";
import { reportBlocked, reportIfKnown, reportUpstreams } from "./report-shared";
import type { Context, ReadSource, Reported } from "./source";

/** Versions change with an update, which Pi-hole itself looks for once a day. */
const VERSION_SECONDS = hours(1);

/** Pi-hole 6, `/api`. @throws CollectError `unsupported_version` for an older one */
export const readPihole6: ReadSource = async (context, report) => {
  const ask = openPihole6(context);
  reportSummary(context, report, await ask("/stats/summary", Summary));
  const part = <T>(read: () => Promise<T>) => readPart(context, report, read);
  await part(async () => reportBlocking(report, await ask("/dns/blocking", Blocking)));
  await part(async () => {
    const { ftl } = await ask("/info/ftl", Ftl);
    if (typeof ftl.uptime === "number") report("dns_uptime_seconds", ftl.uptime / 1_000);
    reportIfKnown(report, "dns_cache_evictions_total", ftl.dnsmasq?.dns_cache_live_freed);
  });
  await part(async () => report("dns_messages", (await ask("/info/messages/count", Messages)).count));
  const facts = await part(() => readVersion(context, report, ask));
  const upstreams = await part(async () => (await ask("/stats/upstreams", UpstreamsShape)).upstreams);
  if (upstreams) reportUpstreams(context, report, averagesOf(upstreams));
  const lists = await part(() => readTop(context, ask));
  return { facts: { server: "Pi-hole 6", ...facts }, lists: { ...listUpstreams(upstreams ?? []), ...lists } };
};

function reportSummary({ now }: Context, report: Reported, { queries, clients, gravity }: Summary): void {
  reportBlocked(report, queries.blocked, queries.total);
  reportIfKnown(report, "dns_clients_active", clients?.active);
  reportIfKnown(report, "dns_blocklist_domains", gravity?.domains_being_blocked);
  // 0 before the first update.
  if (gravity?.last_update) report("dns_blocklist_age_seconds", Math.max(0, now / 1_000 - gravity.last_update));
  for (const [type, replies] of queries.replies.slice(0, 40))
    report("dns_replies_window", replies, { type: toLabel(type.toLowerCase()) });
}

function reportBlocking(report: Reported, { blocking, timer }: { blocking?: string | null; timer?: number | null }) {
  // "failed" and "unknown" are neither on nor off.
  if (blocking === "enabled" || blocking === "disabled") report("dns_blocking_enabled", blocking === "enabled" ? 1 : 0);
  reportIfKnown(report, "dns_blocking_resume_seconds", timer);
}

async function readVersion(context: Context, report: Reported, ask: AskPihole): Promise<Inventory["facts"]> {
  const { version } = await remember(context, "version", VERSION_SECONDS, () => ask("/info/version", Version));
  const components = describeVersions(version);
  for (const [component, { local, remote }] of Object.entries(components)) {
    if (local && remote) report("dns_update_available", local === remote ? 0 : 1, { component });
  }
  report("dns_info", 1, { type: "pihole", version: toLabel(components.ftl?.local || components.core?.local || "") });
  return Object.fromEntries(
    Object.entries(components).flatMap(([component, { local }]) => (local ? [[component, toLabel(local)]] : [])),
  );
}

function describeVersions({ core, web, ftl, docker }: Version["version"]) {
  const of = (component: typeof core) => ({ local: component?.local?.version, remote: component?.remote?.version });
  // In a container the parts are updated together with the image, and only that can be newer.
  const image = { local: docker?.local, remote: docker?.remote };
  const known: Record<string, { local?: string | null | undefined; remote?: string | null | undefined }> = image.local
    ? { docker: image, core: { local: of(core).local }, web: { local: of(web).local }, ftl: { local: of(ftl).local } }
    : { core: of(core), web: of(web), ftl: of(ftl) };
  return known;
}

type Upstream = Upstreams["upstreams"][number];

/** The cache and the block lists stand among the upstreams, without a port. */
const isServer = ({ ip, port }: Upstream) => Boolean(ip) && typeof port === "number" && port > 0;
const nameOf = ({ ip, port }: Upstream) => toLabel(`${ip}#${port}`);

function averagesOf(upstreams: readonly Upstream[]): Map<string, number> {
  const averages = new Map<string, number>();
  for (const upstream of upstreams.filter(isServer)) {
    // 0 is written where nothing was measured.
    const seconds = upstream.statistics?.response;
    if (seconds) averages.set(nameOf(upstream), seconds);
  }
  return averages;
}

function listUpstreams(upstreams: readonly Upstream[]): Inventory["lists"] {
  const rows = upstreams.filter(isServer).slice(0, 200);
  return {
    upstreams: rows.map((upstream) => ({
      upstream: nameOf(upstream),
      name: toLabel(upstream.name ?? ""),
      queries: upstream.count ?? null,
    })),
  };
}

async function readTop({ config: { topN } }: Context, ask: AskPihole): Promise<Inventory["lists"]> {
  if (topN === 0) return {};
  const domains = async (blocked: boolean) => {
    const { domains } = await ask(`/stats/top_domains?blocked=${blocked}&count=${topN}`, TopDomains);
    return domains.slice(0, topN).map(({ domain, count }) => ({ domain: toLabel(domain), queries: count }));
  };
  const { clients } = await ask(`/stats/top_clients?blocked=false&count=${topN}`, TopClients);
  return {
    topDomains: await domains(false),
    topBlocked: await domains(true),
    topClients: clients
      .slice(0, topN)
      .map(({ name, ip, count }) => ({ client: toLabel(name || ip), address: toLabel(ip), queries: count })),
  };
}
