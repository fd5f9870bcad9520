import { z } from "zod";
import { CollectError, type HttpApi, parseAnswer, readPart, toLabel } from "../sdk";
import type { Context, Reported } from "./source";

const text = z.string().nullish().catch(undefined);

/** What is read of `/api/config`. `server` is null where the server is Bitwarden's own. */
const ServerConfig = z.object({
  version: text,
  server: z.object({ name: text }).nullish().catch(undefined),
  settings: z.object({ disableUserRegistration: z.boolean().nullish() }).nullish().catch(undefined),
});
type ServerConfig = z.output<typeof ServerConfig>;

export interface Server {
  readonly type: "vaultwarden" | "bitwarden" | "unknown";
  readonly version: string;
}

/** Says what the server is, and reports what it tells of itself. */
export async function readServer(context: Context, api: HttpApi, report: Reported): Promise<Server> {
  const config = await readPart(context, report, () => readConfig(api));
  const type = typeOf(context, config);
  const apiVersion = toLabel(config?.version ?? "");
  const own = type === "vaultwarden" ? await readPart(context, report, () => readOwnVersion(api)) : undefined;
  const version = type === "vaultwarden" ? toLabel(own ?? "") : apiVersion;
  report("vault_info", 1, { type, version, api_version: apiVersion });
  const closed = config?.settings?.disableUserRegistration;
  if (typeof closed === "boolean") report("vault_signups_allowed", closed ? 0 : 1);
  return { type, version };
}

/** @returns undefined from a server that is too old to have it */
async function readConfig(api: HttpApi): Promise<ServerConfig | undefined> {
  const answer = await api.ask("/api/config", { accept: [404] });
  return answer.status === 404 ? undefined : parseAnswer(ServerConfig, answer);
}

/** Bitwarden's own servers do not tell their version there. */
async function readOwnVersion(api: HttpApi): Promise<string | undefined> {
  try {
    return await api.read(z.string(), "/api/version");
  } catch (error) {
    if (error instanceof CollectError && error.reason === "not_found") return undefined;
    throw error;
  }
}

function typeOf({ config }: Context, said: ServerConfig | undefined): Server["type"] {
  if (config.type !== "auto") return config.type;
  if (said === undefined) return config.adminToken === undefined ? "unknown" : "vaultwarden";
  if (!said.server) return "bitwarden";
  return said.server.name?.toLowerCase() === "vaultwarden" ? "vaultwarden" : "unknown";
}
