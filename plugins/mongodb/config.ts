import { z } from "zod";
import { secret, tlsOptions } from "../sdk";

/** Hosts with ports, then a database and options; no user and no password. */
const ADDRESS = /^mongodb(\+srv)?:\/\/[^\s/?#@,]+(,[^\s/?#@,]+)*(\/[^\s?#]*)?(\?[^\s#]*)?$/i;

const MECHANISMS = ["SCRAM-SHA-1", "SCRAM-SHA-256", "PLAIN", "MONGODB-X509"] as const;

/** Options by which the library would go elsewhere: through a proxy, or to a cloud's metadata for a token that the server is sent. */
function staysHere(uri: string): boolean {
  const options = [...new URLSearchParams(uri.replace(/^[^?]*/, ""))].map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return options.every(([name = "", value = ""]) => {
    if (name === "authmechanism") return MECHANISMS.some((one) => one === value);
    return !name.startsWith("proxy") && name !== "authmechanismproperties";
  });
}

export const config = z.object({
  uri: z
    .string()
    .trim()
    .max(2_000)
    .regex(ADDRESS, "Write it as mongodb://host:port; user and password have fields of their own.")
    .refine(staysHere, "Leave out proxies, and ways to log in that ask elsewhere for a token.")
    .default("mongodb://localhost:27017")
    .meta({
      title: "Address",
      description: "Without user and password.",
      placeholder: "mongodb://db.lab:27017",
    }),
  username: z.string().trim().optional().meta({ title: "User", description: "With the role clusterMonitor." }),
  password: secret().optional().meta({ secret: true, title: "Password" }),
  authSource: z.string().trim().min(1).default("admin").meta({ title: "Database of the user", advanced: true }),
  authMechanism: z
    .enum(MECHANISMS)
    .optional()
    .meta({ title: "Way to log in", description: "Empty: what the server offers.", advanced: true }),
  direct: z.boolean().default(true).meta({
    title: "This server only",
    description: "Off: the replica set is looked up, and its primary is asked.",
    advanced: true,
  }),
  serverSelectionTimeoutMs: z.int().min(500).max(20_000).default(5_000).meta({
    title: "Time-out of connecting",
    description: "Milliseconds.",
    advanced: true,
  }),
  collectDatabases: z.boolean().default(true).meta({
    title: "Databases",
    description: "Sizes and documents, every 5 minutes.",
    advanced: true,
  }),
  maxDatabases: z
    .int()
    .min(1)
    .max(200)
    .default(20)
    .meta({ title: "Databases at most", description: "The largest.", advanced: true }),
  collectOplog: z.boolean().default(true).meta({
    title: "Oplog",
    description: "How far back it goes. Needs the role read on the database local.",
    advanced: true,
  }),
  tls: z.boolean().default(false).meta({ title: "TLS" }),
  tlsOptions: tlsOptions().meta({ title: "TLS certificates", advanced: true }),
  certPem: z
    .string()
    .optional()
    .meta({ title: "Client certificate", description: "PEM text.", format: "multiline", advanced: true }),
  keyPem: secret().optional().meta({
    secret: true,
    title: "Key of the client certificate",
    description: "PEM text.",
    format: "multiline",
    advanced: true,
  }),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
