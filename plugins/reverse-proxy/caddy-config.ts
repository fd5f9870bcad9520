import { z } from "zod";

/** A proxy handler of Caddy's configuration: the service is named after the host and path that lead to it. */
export interface ProxyHandler {
  readonly service: string;
  readonly upstreams: readonly string[];
}
export interface CaddyRoutes {
  readonly servers: number;
  /** Routes with a host, at any depth; a site of a Caddyfile is one. */
  readonly routes: number;
  readonly handlers: readonly ProxyHandler[];
}

const Match = z.object({ host: z.array(z.string()).nullish(), path: z.array(z.string()).nullish() }).catch({});
const Handler = z.looseObject({ handler: z.string().catch("") });
const Route = z.object({
  match: z.array(Match).nullish().catch(undefined),
  handle: z.array(Handler).nullish().catch(undefined),
});
type Route = z.output<typeof Route>;
const Routes = z.array(Route).catch([]);
const Upstreams = z.array(z.object({ dial: z.string() })).catch([]);

export const Servers = z.record(z.string(), z.object({ routes: Routes.nullish() })).nullable();

/** Routes nest in subroutes; deeper than this is no configuration a person wrote. */
const MAX_DEPTH = 20;

export function describeRoutes(servers: z.output<typeof Servers>): CaddyRoutes {
  const handlers: ProxyHandler[] = [];
  let routes = 0;
  const walk = (route: Route, under: { host: string; path: string }, depth: number) => {
    const { host, path } = narrow(route, under);
    if (host !== under.host) routes += 1;
    for (const handler of route.handle ?? []) {
      if (handler.handler === "reverse_proxy")
        handlers.push({ service: `${host}${path}`, upstreams: Upstreams.parse(handler.upstreams).map(dialOf) });
      if (handler.handler === "subroute" && depth < MAX_DEPTH)
        for (const inner of Routes.parse(handler.routes)) walk(inner, { host, path }, depth + 1);
    }
  };
  const named = Object.entries(servers ?? {});
  for (const [name, server] of named) for (const route of server.routes ?? []) walk(route, { host: name, path: "" }, 0);
  return { servers: named.length, routes, handlers: nameApart(handlers) };
}

function narrow({ match }: Route, under: { host: string; path: string }): { host: string; path: string } {
  const matches = match ?? [];
  const host = matches.flatMap((one) => one.host ?? [])[0];
  const path = matches.flatMap((one) => one.path ?? [])[0];
  return { host: host ?? under.host, path: path ?? under.path };
}

/** "tcp/10.0.0.1:80" is dialled as "10.0.0.1:80", and so the metrics name it. */
const dialOf = ({ dial }: { dial: string }) => dial.replace(/^tcp[46]?\//, "");

/** Two handlers may stand behind one host and path, told apart by what is not looked at here. */
function nameApart(handlers: readonly ProxyHandler[]): ProxyHandler[] {
  const seen = new Map<string, number>();
  return handlers.map(({ service, upstreams }) => {
    const number = (seen.get(service) ?? 0) + 1;
    seen.set(service, number);
    return { service: number === 1 ? service : `${service} (${number})`, upstreams };
  });
}
