import { resolve } from "node:path";
import { z } from "zod";
import { type Network, parseNetwork } from "../plugins/sdk/ip-address";
import type { AccountSettings } from "./auth/accounts";
import { parseGroupRoles } from "./auth/provider-roles";
import { ROLES } from "./auth/visitor";
import type { HostFolders } from "./collect/first-run";
import { type DatabasePlace, parseDatabaseUrl, placeOfFile } from "./db/database-place";
import { messageOf } from "./errors";
import type { Proxies } from "./http/client";
import { type MetricsPlace, parseMetricsUrl } from "./metrics/victoriametrics/metrics-url";
import { Secret } from "./secrets";
import type { KeyPlaces } from "./vault/read-keys";

/** Plugins put their paths behind it. */
const Folder = z.string().regex(/^\/(.*[^/])$/, "must be a path that begins with / and does not end with it");

/** The environment Unity reads, in one place. Documented in docs/configuration.md. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  UNITY_HOSTNAME: z.string().trim().min(1).max(191).optional(),
  UNITY_HOST_PROC: Folder.optional(),
  UNITY_HOST_SYS: Folder.optional(),
  UNITY_HOST_ROOT: Folder.optional(),
  UNITY_DATA: z.string().min(1).default("./data"),
  DATABASE_URL: z.string().transform(readBy(parseDatabaseUrl)).optional(),
  METRICS_URL: z.string().transform(readBy(parseMetricsUrl)).optional(),
  UNITY_SAMPLES: z.enum(["auto", "chunks"]).default("auto"),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "must begin with redis:// or rediss://")
    .optional(),
  UNITY_ALLOW_ADDRESSES: z.string().transform(readBy(parseNetworks)).default([]),
  UNITY_SECRET_KEY: z.string().optional(),
  UNITY_SECRET_KEY_OLD: z.string().optional(),
  UNITY_SECRET_KEY_FILE: z.string().optional(),
  UNITY_BACKUP_PASSPHRASE: z.string().optional(),
  UNITY_UPGRADE_WITHOUT_BACKUP: z.enum(["0", "1"]).default("0"),
  UNITY_PROVISION: z.string().min(1).optional(),
  UNITY_PROVISION_PRUNE: z.enum(["0", "1"]).default("0"),
  UNITY_SECRETS_DIR: z.string().min(1).default("/run/secrets"),
  UNITY_TRUSTED_PROXIES: z.string().transform(readBy(parseNetworks)).default([]),
  UNITY_PROXY_USER_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/, "is the name of a header, such as Remote-User")
    .optional(),
  UNITY_PROXY_USER_FROM: z.string().transform(readBy(parseNetworks)).optional(),
  UNITY_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, message: "must be an address that begins with https://" })
    .optional(),
  UNITY_OIDC_CLIENT_ID: z.string().optional(),
  UNITY_OIDC_CLIENT_SECRET: z.string().optional(),
  UNITY_OIDC_NAME: z.string().max(60).default("single sign-on"),
  UNITY_OIDC_SCOPES: z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean))
    .refine((scopes) => scopes.includes("openid"), 'has "openid" among its words')
    .default(["openid", "profile", "email"]),
  UNITY_OIDC_ROLES: z.string().transform(readBy(parseGroupRoles)).optional(),
  UNITY_OIDC_ROLES_CLAIM: z.string().min(1).max(200).default("groups"),
  UNITY_ASSISTANTS_MAY_ACT: z.enum(["0", "1"]).default("0"),
  UNITY_NEW_PEOPLE: z.enum(["nobody", ...ROLES]).default("viewer"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).default("info"),
});

export interface Env {
  readonly port: number;
  readonly host: string;
  /** What this machine is called; undefined: as the system calls it. */
  readonly hostname: string | undefined;
  /** Where this machine's own folders are, when Unity runs in a container. */
  readonly hostFolders: HostFolders;
  readonly dataFolder: string;
  readonly database: DatabasePlace;
  /** "chunks" does not use TimescaleDB where it is. */
  readonly samples: "auto" | "chunks";
  /** Where samples go; undefined: into the database. */
  readonly metrics: MetricsPlace | undefined;
  readonly redisUrl: string | undefined;
  readonly keys: KeyPlaces;
  /** What `unity backup` and `restore` put the secrets of archives under. */
  readonly backupPassphrase: Secret | undefined;
  /** An update goes on where the configuration of before cannot be kept. */
  readonly upgradesWithoutBackup: boolean;
  /** Of files that secrets may refer to. */
  readonly secretsFolder: string;
  /** Files of the configuration that are applied at start and on change. */
  readonly provision: { readonly folder: string | undefined; readonly prunes: boolean };
  readonly logLevel: string;
  /** Link-local and metadata addresses that may be connected to nevertheless. */
  readonly allowedAddresses: readonly Network[];
  /** Who may come in beside those with a password. */
  readonly accounts: AccountSettings;
  /** Assistants may acknowledge and silence, with a token that may respond. */
  readonly assistantsMayAct: boolean;
  readonly proxies: Proxies;
}

/** Parses the environment once. @throws Error whose message names the variable, the value and what is allowed, in one line */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "environment");
    const shown = /URL|SECRET|PASSPHRASE/.test(name) ? "given" : `"${given[name] ?? ""}"`;
    throw new Error(`${name} is ${shown}, but ${issue?.message ?? "is not valid"}. Correct or unset it.`);
  }
  const values = parsed.data;
  const dataFolder = resolve(values.UNITY_DATA);
  return {
    port: values.PORT,
    host: values.HOST,
    hostname: values.UNITY_HOSTNAME,
    hostFolders: {
      procRoot: values.UNITY_HOST_PROC,
      sysRoot: values.UNITY_HOST_SYS,
      rootPrefix: values.UNITY_HOST_ROOT,
    },
    dataFolder,
    database: values.DATABASE_URL ?? placeOfFile(resolve(dataFolder, "unity.db")),
    samples: values.UNITY_SAMPLES,
    metrics: values.METRICS_URL,
    redisUrl: values.REDIS_URL,
    keys: {
      key: hidden(values.UNITY_SECRET_KEY),
      old: hidden(values.UNITY_SECRET_KEY_OLD),
      file: values.UNITY_SECRET_KEY_FILE && resolve(values.UNITY_SECRET_KEY_FILE),
      ownFile: resolve(dataFolder, "secret.key"),
    },
    backupPassphrase: hidden(values.UNITY_BACKUP_PASSPHRASE),
    upgradesWithoutBackup: values.UNITY_UPGRADE_WITHOUT_BACKUP === "1",
    secretsFolder: resolve(values.UNITY_SECRETS_DIR),
    provision: {
      folder: values.UNITY_PROVISION && resolve(values.UNITY_PROVISION),
      prunes: values.UNITY_PROVISION_PRUNE === "1",
    },
    logLevel: values.LOG_LEVEL,
    allowedAddresses: values.UNITY_ALLOW_ADDRESSES,
    accounts: {
      oidc: oidcOf(values),
      proxyNewcomers: newcomersOf(values),
    },
    assistantsMayAct: values.UNITY_ASSISTANTS_MAY_ACT === "1",
    proxies: { trusted: values.UNITY_TRUSTED_PROXIES, user: proxyUserOf(values) },
  };
}

type Values = z.output<typeof Environment>;

const newcomersOf = ({ UNITY_NEW_PEOPLE: role }: Values) => (role === "nobody" ? null : role);

function oidcOf(values: Values): AccountSettings["oidc"] {
  const { UNITY_OIDC_ISSUER: issuer, UNITY_OIDC_CLIENT_ID: clientId, UNITY_OIDC_CLIENT_SECRET: clientSecret } = values;
  const groups = values.UNITY_OIDC_ROLES;
  if (!issuer && !clientId && !clientSecret && !groups) return undefined;
  const missing = Object.entries({ ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret }).find(
    ([, one]) => !one,
  );
  if (!issuer || !clientId || !clientSecret)
    throw new Error(
      `UNITY_OIDC_${missing?.[0]} is not set, and the other UNITY_OIDC_ variables are. Set it, or none of them.`,
    );
  return {
    name: values.UNITY_OIDC_NAME,
    issuer,
    clientId,
    clientSecret,
    scopes: values.UNITY_OIDC_SCOPES,
    newcomers: newcomersOf(values),
    roles: groups && { claim: values.UNITY_OIDC_ROLES_CLAIM, groups },
  };
}

function proxyUserOf({ UNITY_PROXY_USER_HEADER: header, UNITY_PROXY_USER_FROM: from }: Values): Proxies["user"] {
  if (!header && !from) return undefined;
  if (!header || !from)
    throw new Error(
      "UNITY_PROXY_USER_HEADER and UNITY_PROXY_USER_FROM belong together: which header says who somebody is, and the addresses of the proxies that may say it. Set both, or neither.",
    );
  return { header: header.toLowerCase(), from };
}

const hidden = (value: string | undefined) => (value === undefined ? undefined : new Secret(value));

function parseNetworks(text: string): Network[] {
  return text.split(",").map((part) => {
    const network = parseNetwork(part);
    if (!network) throw new Error(`"${part.trim()}" is no address and no network, such as 169.254.10.0/24`);
    return network;
  });
}

function readBy<T>(parse: (text: string) => T): (text: string, context: z.RefinementCtx) => T {
  return (text, context) => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: messageOf(error) });
      return z.NEVER;
    }
  };
}
