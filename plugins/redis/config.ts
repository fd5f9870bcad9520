import { z } from "zod";
import { secret, tlsOptions } from "../sdk";

export const config = z.object({
  host: z.string().trim().min(1).default("localhost").meta({ title: "Host", placeholder: "redis.lab" }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .default(6_379)
    .meta({ title: "Port", description: "6379 for Redis and Valkey, 26379 for Sentinel." }),
  socketPath: z.string().trim().optional().meta({
    title: "Unix socket",
    description: "Instead of host and port.",
    placeholder: "/run/redis/redis-server.sock",
  }),
  username: z.string().trim().optional().meta({
    title: "User",
    description: "Of an access list, Redis 6 and newer. Empty: the default user.",
    placeholder: "unity",
  }),
  password: secret().optional().meta({ secret: true, title: "Password" }),
  db: z.int().min(0).max(100_000).default(0).meta({
    title: "Database",
    description: "To select after the login. The keys of all databases are counted anyway.",
    advanced: true,
  }),
  tls: z.boolean().default(false).meta({ title: "TLS" }),
  tlsOptions: tlsOptions().meta({ title: "TLS certificates", advanced: true }),
  certPem: z.string().optional().meta({
    title: "Client certificate",
    description: "PEM text. Redis asks for one unless tls-auth-clients is no.",
    format: "multiline",
    advanced: true,
  }),
  keyPem: secret().optional().meta({
    secret: true,
    title: "Key of the client certificate",
    description: "PEM text.",
    format: "multiline",
    advanced: true,
  }),
  collectSlowlog: z.boolean().default(true).meta({
    title: "Slow commands",
    description: "How many the slow log holds, and what the latency monitor saw.",
    advanced: true,
  }),
  sentinel: z.boolean().default(false).meta({
    title: "It is a Sentinel",
    description: "Fails when something else answers. A Sentinel is recognised without it, too.",
    advanced: true,
  }),
  cluster: z.boolean().default(false).meta({
    title: "It is a cluster node",
    description: "Says so when it is none. A cluster node is recognised without it, too.",
    advanced: true,
  }),
  maxItems: z.int().min(1).max(1_000).default(200).meta({
    title: "Databases, replicas, errors and masters at most",
    description: "Of each.",
    advanced: true,
  }),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
