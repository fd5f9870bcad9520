import { z } from "zod";
import { count, counts, text } from "./shapes";

/** What is read of the answers of Pi-hole 6 (FTL's own API description, /api/docs). */
export const Summary = z.object({
  queries: z.object({ total: count, blocked: count, percent_blocked: count, replies: counts }),
  clients: z.object({ active: count }).nullish(),
  gravity: z.object({ domains_being_blocked: count, last_update: count }).nullish(),
});
export type Summary = z.output<typeof Summary>;

export const Blocking = z.object({ blocking: text, timer: count });

export const Ftl = z.object({
  ftl: z.object({ uptime: count, dnsmasq: z.object({ dns_cache_live_freed: count }).nullish() }),
});

const Component = z.object({
  local: z.object({ version: text }).nullish(),
  remote: z.object({ version: text }).nullish(),
});
export const Version = z.object({
  version: z.object({
    core: Component.nullish(),
    web: Component.nullish(),
    ftl: Component.nullish(),
    docker: z.object({ local: text, remote: text }).nullish(),
  }),
});
export type Version = z.output<typeof Version>;

export const Messages = z.object({ count: z.number() });

export const Upstreams = z.object({
  upstreams: z.array(
    z.object({ ip: text, name: text, port: count, count, statistics: z.object({ response: count }).nullish() }),
  ),
});
export type Upstreams = z.output<typeof Upstreams>;

export const TopDomains = z.object({ domains: z.array(z.object({ domain: z.string(), count: z.number() })) });
export const TopClients = z.object({
  clients: z.array(z.object({ name: text, ip: z.string(), count: z.number() })),
});
