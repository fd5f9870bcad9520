import type { z } from "zod";
import { type HttpApi, type Inventory, parseAnswer, readPart, toLabel } from "../sdk";
import { urlOf } from "./config";
import { openProxy } from "./open-proxy";
import type { Cap, Context, ReadSource, Reported } from "./source";
import { readTraefikMetrics } from "./traefik-metrics";
import { Overview, PROTOCOLS, type Router, Routers, type Service, Services, Version } from "./traefik-shapes";
import { reportUpstreams } from "./upstreams";

/** Traefik 2 and 3: its API, and its Prometheus metrics where they are switched on. */
export const readTraefik: ReadSource = async (context, report, cap) => {
  const url = urlOf(context.config).replace(/\/(dashboard|api)$/, "");
  const api = openProxy(context, url, {
    404: {
      reason: "not_found",
      hint: "Switch the API on: --api=true, and a router to api@internal or --api.insecure=true.",
    },
  });
  const overview = await api.read(Overview, "/api/overview");
  reportOverview(report, overview);
  const version = await readPart(context, report, () => api.read(Version, "/api/version"));
  report("reverse_proxy_info", 1, { type: "traefik", version: toLabel(version?.Version ?? "") });
  const services = await readPart(context, report, () => readAll(context, api, Services, "services", overview));
  const routers = await readPart(context, report, () => readRouters(context, api, overview));
  if (context.config.perRouter)
    for (const { name, status } of cap(routers ?? []))
      report("reverse_proxy_router_ok", status === "enabled" ? 1 : 0, { router: toLabel(name) });
  const hasMetrics = await readTraefikMetrics(context, report, cap, url);
  reportServices(report, cap, services ?? []);
  return {
    facts: { proxy: "Traefik", ...factsOf(overview, version), metrics: hasMetrics },
    lists: { ...listServices(cap(services ?? [])), ...listProblems(cap(routers ?? [])) },
  };
};

function factsOf({ providers }: Overview, version: z.output<typeof Version> | undefined): Record<string, string> {
  return {
    ...(version?.Version ? { version: toLabel(version.Version) } : {}),
    ...(version?.Codename ? { codename: toLabel(version.Codename) } : {}),
    ...(providers ? { providers: toLabel(providers.join(", ")) } : {}),
  };
}

function reportOverview(report: Reported, overview: Overview): void {
  for (const metric of ["reverse_proxy_routers", "reverse_proxy_services"] as const) {
    const part = metric === "reverse_proxy_routers" ? "routers" : "services";
    const counted = PROTOCOLS.map((protocol) => overview[protocol]?.[part]).filter((one) => one != null);
    const sum = (of: "total" | "warnings" | "errors") => counted.reduce((total, one) => total + one[of], 0);
    report(metric, Math.max(0, sum("total") - sum("warnings") - sum("errors")), { status: "enabled" });
    report(metric, sum("warnings"), { status: "warning" });
    report(metric, sum("errors"), { status: "error" });
  }
  for (const protocol of PROTOCOLS) {
    for (const part of ["routers", "services", "middlewares"] as const) {
      const counted = overview[protocol]?.[part];
      if (counted) report("reverse_proxy_config_errors", counted.errors, { kind: `${protocol} ${part}` });
    }
  }
}

/** Routers are many and seldom of interest one by one: only when asked for, or when some are not well. */
async function readRouters(context: Context, api: HttpApi, overview: Overview): Promise<Router[]> {
  const isWell = PROTOCOLS.every((protocol) => {
    const routers = overview[protocol]?.routers;
    return !routers || routers.errors + routers.warnings === 0;
  });
  return isWell && !context.config.perRouter ? [] : readAll(context, api, Routers, "routers", overview);
}

const PER_PAGE = 100;

/** All pages of all protocols that have any; one page past the limit is enough to know that there are more. */
async function readAll<T>(
  { config }: Context,
  api: HttpApi,
  shape: z.ZodType<T[]>,
  part: "routers" | "services",
  overview: Overview,
): Promise<T[]> {
  const all: T[] = [];
  for (const protocol of PROTOCOLS) {
    if (!overview[protocol]?.[part]?.total) continue;
    for (let page = 1; page > 0 && all.length <= config.maxItems; ) {
      const answer = await api.ask(`/api/${protocol}/${part}?page=${page}&per_page=${PER_PAGE}`);
      all.push(...parseAnswer(shape, answer));
      // The last page points back at the first.
      const next = Number(answer.headers["x-next-page"] ?? 1);
      page = next > page ? next : 0;
    }
  }
  return all;
}

/** What Traefik makes for itself: api@internal, dashboard@internal. */
const isOwn = ({ name }: { name: string }) => name.endsWith("@internal");

function reportServices(report: Reported, cap: Cap, services: readonly Service[]): void {
  const balanced = services.filter((service) => !isOwn(service) && (service.loadBalancer || service.serverStatus));
  const upstreams = balanced.map((service) => {
    const known = Object.entries(service.serverStatus ?? {});
    const named = known.map(([name, status]) => ({ name, up: status === "UP" }));
    const others = (service.loadBalancer?.servers ?? [])
      .map(({ url, address }) => url ?? address ?? "")
      .filter((name) => name !== "" && !known.some(([other]) => other === name));
    return { service: service.name, upstreams: [...named, ...others.map((name) => ({ name, up: undefined }))] };
  });
  reportUpstreams(report, cap, upstreams);
}

function listServices(services: readonly Service[]): Inventory["lists"] {
  const rows = services.filter((service) => !isOwn(service));
  return {
    services: rows.map((service) => ({
      service: toLabel(service.name),
      type: toLabel(service.type ?? "") || null,
      status: toLabel(service.status ?? "") || null,
      provider: toLabel(service.provider ?? "") || null,
      error: toLabel((service.error ?? []).join("; ")) || null,
    })),
  };
}

function listProblems(routers: readonly Router[]): Inventory["lists"] {
  const rows = routers.filter(({ status }) => status !== "enabled");
  if (rows.length === 0) return {};
  return {
    routersInTrouble: rows.map(({ name, rule, status, error }) => ({
      router: toLabel(name),
      rule: toLabel(rule ?? "") || null,
      status: toLabel(status ?? "") || null,
      error: toLabel((error ?? []).join("; ")) || null,
    })),
  };
}
