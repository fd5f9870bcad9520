import { z } from "zod";
import { secret } from "../sdk";

export const config = z.object({
  host: z.string().trim().min(1).default("localhost").meta({ title: "Host", placeholder: "db.lab" }),
  port: z.int().min(1).max(65_535).default(3_306).meta({ title: "Port" }),
  socketPath: z.string().trim().optional().meta({
    title: "Unix socket",
    description: "Instead of host and port.",
    placeholder: "/run/mysqld/mysqld.sock",
  }),
  user: z.string().trim().min(1).default("unity").meta({ title: "User" }),
  password: secret().optional().meta({ secret: true, title: "Password" }),
  ssl: z.enum(["off", "preferred", "required", "verify"]).default("preferred").meta({
    title: "TLS",
    description: "Preferred: if the server offers it. Only verify tells an impostor from the server.",
  }),
  caPem: z
    .string()
    .optional()
    .meta({ title: "Private CA", description: "PEM text, for verify.", format: "multiline", advanced: true }),
  serverName: z
    .string()
    .optional()
    .meta({ title: "TLS server name", description: "SNI and name check; empty: the host.", advanced: true }),
  collectProcesslist: z.boolean().default(true).meta({
    title: "Running statements",
    description: "How long the longest has run. Needs the privilege PROCESS.",
    advanced: true,
  }),
  collectSizes: z.boolean().default(true).meta({
    title: "Sizes",
    description: "Of databases the user may SELECT from, and of the binary log, every 10 minutes.",
    advanced: true,
  }),
  collectReplication: z.boolean().default(true).meta({
    title: "Replication",
    description: "Whether a replica runs, and how far it is behind.",
    advanced: true,
  }),
  statementTimeoutMs: z.int().min(100).max(20_000).default(5_000).meta({
    title: "Time-out of a statement",
    description: "The server ends one that takes longer.",
    advanced: true,
  }),
  maxItems: z
    .int()
    .min(1)
    .max(1_000)
    .default(200)
    .meta({ title: "Databases and channels at most", description: "Of each.", advanced: true }),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
