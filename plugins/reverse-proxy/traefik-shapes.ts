import { z } from "zod";

const text = z.string().nullish().catch(undefined);
const Part = z.object({ total: z.number(), warnings: z.number(), errors: z.number() });
const Protocol = z
  .object({ routers: Part.nullish(), services: Part.nullish(), middlewares: Part.nullish() })
  .nullish()
  .catch(undefined);

/** What is read of Traefik's API, versions 2 and 3. */
export const Overview = z.object({
  http: z.object({ routers: Part, services: Part, middlewares: Part.nullish() }),
  tcp: Protocol,
  udp: Protocol,
  providers: z.array(z.string()).nullish().catch(undefined),
});
export type Overview = z.output<typeof Overview>;

export const Version = z.object({ Version: text, Codename: text });

const Service = z.object({
  name: z.string(),
  type: text,
  status: text,
  provider: text,
  /** Only for load balancers, and from health checks where there are any. */
  serverStatus: z.record(z.string(), z.string()).nullish().catch(undefined),
  loadBalancer: z
    .object({ servers: z.array(z.object({ url: text, address: text })).nullish() })
    .nullish()
    .catch(undefined),
  error: z.array(z.string()).nullish().catch(undefined),
});
export type Service = z.output<typeof Service>;
export const Services = z.array(Service);

const Router = z.object({
  name: z.string(),
  rule: text,
  service: text,
  status: text,
  provider: text,
  entryPoints: z.array(z.string()).nullish().catch(undefined),
  error: z.array(z.string()).nullish().catch(undefined),
});
export type Router = z.output<typeof Router>;
export const Routers = z.array(Router);

export const PROTOCOLS = ["http", "tcp", "udp"] as const;
