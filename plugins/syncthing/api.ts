import type { z } from "zod";
import { type CollectContext, CollectError, openApi, parseAnswer } from "../sdk";
import type { Config } from "./config";

export type Context = CollectContext<Config>;

/** Asks for the JSON at a path of the REST API. @throws CollectError */
export type Ask = <T>(schema: z.ZodType<T>, path: string) => Promise<T>;

/** A folder of a million files has many names, but is answered in sums. */
const MAX_BYTES = 16 * 1_024 * 1_024;

export function openSyncthing(context: Context): { ask: Ask; checkHealth: () => Promise<void> } {
  const { url, apiKey, tls, headers } = context.config;
  const api = openApi(context, {
    url,
    tls,
    maxBytes: MAX_BYTES,
    headers: { ...headers, "x-api-key": apiKey },
    refusals: { 401: { reason: "auth" } },
  });
  const get = async (path: string, accept: readonly number[] = []) => {
    const answer = await api.ask(path, { accept: [403, ...accept] });
    if (answer.status === 403) throw explainRefusal(answer.body);
    return answer;
  };
  return {
    ask: async (schema, path) => parseAnswer(schema, await get(path)),
    checkHealth: async () => {
      const { status, body } = await get("/rest/noauth/health", [404]);
      // Versions before 1.20 have only the ping.
      const said = status === 404 ? (await get("/rest/system/ping")).body : body;
      if (!/^\s*\{\s*"(status|ping)":\s*"(OK|pong)"/i.test(said))
        throw new CollectError("parse", `${api.base} does not answer as Syncthing does.`, {
          hint: "Check the address: a login page or another service may stand there.",
        });
    },
  };
}

/** Syncthing says 403 for a missing key, and for a Host it does not know while it listens on localhost only. */
function explainRefusal(said: string): CollectError {
  if (/host check/i.test(said))
    return new CollectError("permission", "Syncthing does not answer to this host name.", {
      hint: "It listens on localhost and was asked by another name: set Host to localhost in the proxy, or switch on insecureSkipHostcheck.",
    });
  return new CollectError("auth", "Syncthing did not accept the API key.");
}
