import { z } from "zod";
import { secret } from "../sdk";

export const config = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .default("localhost")
    .meta({ title: "Host", description: "Name, address, or the folder of the socket: /var/run/postgresql." }),
  port: z.int().min(1).max(65_535).default(5_432).meta({ title: "Port" }),
  user: z.string().min(1).default("unity").meta({ title: "User", description: "A role with pg_monitor is enough." }),
  password: secret().optional().meta({ secret: true, title: "Password" }),
  database: z
    .string()
    .min(1)
    .default("postgres")
    .meta({ title: "Database", description: "To connect to. All databases of the server are seen from there." }),
  sslMode: z.enum(["disable", "prefer", "require", "verify-ca", "verify-full"]).default("prefer").meta({
    title: "TLS",
    description: "As in libpq. Only verify-ca and verify-full tell an impostor from the server.",
  }),
  caPem: z.string().optional().meta({
    title: "Private CA",
    description: "PEM text, for verify-ca and verify-full.",
    format: "multiline",
    advanced: true,
  }),
  serverName: z.string().optional().meta({
    title: "TLS server name",
    description: "SNI and name check; empty: the host.",
    advanced: true,
  }),
  databasesInclude: z
    .array(z.string())
    .max(100)
    .default([])
    .meta({ title: "Databases", description: "Names or patterns. Empty: all but templates and the excluded." }),
  databasesExclude: z
    .array(z.string())
    .max(100)
    .default([])
    .meta({ title: "Excluded databases", description: "Names or patterns.", advanced: true }),
  collectSizes: z
    .boolean()
    .default(true)
    .meta({ title: "Sizes", description: "Of databases and of the WAL, every 5 minutes.", advanced: true }),
  collectLocks: z.boolean().default(true).meta({ title: "Locks", description: "Who waits for whom.", advanced: true }),
  collectTables: z.boolean().default(false).meta({
    title: "Tables",
    description: "The 20 tables with the most dead rows, of the database connected to, every 5 minutes.",
    advanced: true,
  }),
  collectStatements: z.boolean().default(false).meta({
    title: "Statements",
    description: "The 10 that took the most time, by pg_stat_statements, every 5 minutes, as a list.",
    advanced: true,
  }),
  connectTimeoutMs: z.int().min(100).max(20_000).default(5_000).meta({
    title: "Time-out of connecting",
    description: "How long it may take until the server has let Unity in.",
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
    .meta({ title: "Databases, replicas and slots at most", description: "Of each.", advanced: true }),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
