import { Buffer } from "node:buffer";
import { z } from "zod";
import { type CollectContext, CollectError, type HttpApi, openApi, parseAnswer, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

/** Figures of a server with many shards are some megabytes. */
const MAX_BYTES = 16 * 1_024 * 1_024;

/** Answers of a line or two. */
export const MAX_SHORT_BYTES = 65_536;

export type Major = 1 | 2 | 3;
export interface Server {
  readonly major: Major;
  readonly version: string;
}
/** One run: what its parts share. */
export interface Survey {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly api: HttpApi;
}

/** Version 3 answers with JSON, the others with nothing but headers. */
const Ping = z.object({ version: z.string() });

/** @param major undefined while it is not known */
export function openServer(context: CollectContext<Config>, major?: Major): HttpApi {
  const { url, headers, tls } = context.config;
  const login = loginOf(context.config, major);
  return openApi(context, {
    url,
    tls,
    headers: { ...headers, ...(login === undefined ? {} : { authorization: login }) },
    maxBytes: MAX_BYTES,
  });
}

/** Version 2 wants its own word before a token; where the version is not known yet nobody but version 3 asks for it. */
function loginOf({ token, username, password }: Config, major: Major | undefined): string | undefined {
  if (token !== undefined && major !== 1) return `${major === 2 ? "Token" : "Bearer"} ${token}`;
  if (username === undefined || username === "" || (major ?? 1) !== 1) return undefined;
  return `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}`;
}

/** Asks the server what it is. @throws CollectError `protocol` when it is none, `unsupported_version` */
export async function identify(context: CollectContext<Config>): Promise<Server> {
  const { version: wanted } = context.config;
  const api = openServer(context, wanted === "auto" ? undefined : majorOf(wanted));
  const answer = await api.ask("/ping", { maxBytes: MAX_SHORT_BYTES });
  const told = answer.headers["x-influxdb-version"];
  const version = (told ?? (answer.status === 204 ? "" : parseAnswer(Ping, answer).version)).replace(/^v/, "");
  const major = wanted === "auto" ? majorOf(version) : majorOf(wanted);
  if (version === "" && told === undefined)
    throw new CollectError("protocol", `${api.base} is not InfluxDB: it does not tell its version.`, {
      hint: "Check the address.",
    });
  if (major === undefined)
    throw new CollectError("unsupported_version", `${api.base} is InfluxDB ${version || "of no version"}.`, {
      hint: "Versions 1, 2 and 3 are known. Set the version if the server hides it.",
    });
  return { major, version };
}

function majorOf(version: string): Major | undefined {
  const first = Number(version.split(".")[0]);
  return first === 1 || first === 2 || first === 3 ? first : undefined;
}
