import { z } from "zod";
import { CollectError, type HttpApi, type Inventory, parseAnswer, readPart, toLabel } from "../sdk";
import { type CaddyRoutes, describeRoutes, Servers } from "./caddy-config";
import { readCaddyMetrics } from "./caddy-metrics";
import { urlOf } from "./config";
import { openProxy } from "./open-proxy";
import type { Cap, Context, ReadSource, Reported } from "./source";
import { reportUpstreams, type ServiceUpstreams } from "./upstreams";

const Upstreams = z
  .array(
    z.object({
      address: z.string(),
      fails: z.number().nullish(),
      /** Said here by the first versions, and later only by the metrics. */
      healthy: z.boolean().nullish(),
    }),
  )
  .nullable();
type Upstreams = NonNullable<z.output<typeof Upstreams>>;

/** Caddy 2, through its admin endpoint: the routes, the upstreams, and its metrics. */
export const readCaddy: ReadSource = async (context, report, cap) => {
  const url = urlOf(context.config);
  const api = openProxy(context, url, {
    403: {
      reason: "permission",
      hint: "The admin endpoint takes only names it knows: list this one under origins in the admin block of the Caddyfile.",
    },
  });
  const routes = await readRoutes(api);
  report("reverse_proxy_routers", routes.routes, { status: "enabled" });
  report("reverse_proxy_services", routes.handlers.length, { status: "enabled" });
  const upstreams = (await readPart(context, report, () => api.read(Upstreams, "/reverse_proxy/upstreams"))) ?? [];
  for (const { address, fails } of cap(upstreams))
    if (typeof fails === "number")
      report("reverse_proxy_upstream_recent_failures", fails, { upstream: toLabel(address) });
  const metrics = await readPart(context, report, () => readMetricsIfAny(context, report, cap, url));
  const services = describeServices(routes, upstreams, metrics?.healthy ?? new Map());
  reportUpstreams(report, cap, services);
  const version = toLabel(metrics?.version ?? "");
  report("reverse_proxy_info", 1, { type: "caddy", version });
  return {
    facts: {
      proxy: "Caddy",
      ...(version === "" ? {} : { version }),
      servers: routes.servers,
      requestMetrics: metrics?.hasRequests ?? false,
    },
    lists: listUpstreams(services, cap),
  };
};

/** The first versions have none. @throws CollectError */
async function readMetricsIfAny(context: Context, report: Reported, cap: Cap, url: string) {
  try {
    return await readCaddyMetrics(context, report, cap, url);
  } catch (error) {
    const isOld = error instanceof CollectError && error.reason === "not_found" && !context.config.metricsUrl;
    if (!isOld) throw error;
    return undefined;
  }
}

async function readRoutes(api: HttpApi): Promise<CaddyRoutes> {
  const answer = await api.ask("/config/apps/http/servers", { accept: [400] });
  if (answer.status !== 400) return describeRoutes(parseAnswer(Servers, answer));
  // So Caddy says that it has no configuration, or none with sites.
  if (answer.body.includes("invalid traversal path")) return describeRoutes(null);
  throw new CollectError("protocol", `${api.base} answered 400, which is not how Caddy's admin endpoint answers.`);
}

/** Upstreams by the handler they belong to. Those that are found at run time, as by DNS, stand in no handler. */
function describeServices(
  { handlers }: CaddyRoutes,
  upstreams: Upstreams,
  healthy: ReadonlyMap<string, boolean>,
): ServiceUpstreams[] {
  const said = new Map(upstreams.map(({ address, healthy }) => [address, healthy ?? undefined]));
  const describe = (name: string) => ({ name, up: healthy.get(name) ?? said.get(name) });
  const services = handlers
    .filter((handler) => handler.upstreams.length > 0)
    .map((handler) => ({ service: handler.service, upstreams: [...new Set(handler.upstreams)].map(describe) }));
  const listed = new Set(services.flatMap((service) => service.upstreams.map(({ name }) => name)));
  const others = [...new Set(said.keys())].filter((address) => !listed.has(address)).map(describe);
  return others.length === 0 ? services : [...services, { service: "dynamic", upstreams: others }];
}

function listUpstreams(services: readonly ServiceUpstreams[], cap: Cap): Inventory["lists"] {
  const rows = services.flatMap(({ service, upstreams }) =>
    upstreams.map(({ name, up }) => ({ service: toLabel(service), upstream: toLabel(name), up: up ?? null })),
  );
  return { upstreams: cap(rows) };
}
