import { type HttpApi, readPart } from "../sdk";
import type { Server } from "./read-server";
import type { Context, Reported } from "./source";

/** Bitwarden is several programs behind one address; Vaultwarden is one, and answers for its API. */
const SERVICES = ["api", "identity", "notifications"] as const;

/** A part may fail while the rest is well, and then says so by its status. */
const ANY_ERROR = [400, 401, 403, 404, 500, 502, 503, 504];

/** Reports which parts of the server are well. One that is not there is left out. */
export async function readServices(context: Context, api: HttpApi, report: Reported, { type }: Server): Promise<void> {
  for (const service of type === "bitwarden" ? SERVICES : SERVICES.slice(0, 1)) {
    const answer = await readPart(context, report, () => api.ask(`/${service}/alive`, { accept: ANY_ERROR }));
    if (answer && answer.status !== 404) report("vault_api_up", answer.status < 300 ? 1 : 0, { service });
  }
}

/** Reports whether the page for browsers is there. */
export async function readWebVault(context: Context, api: HttpApi, report: Reported): Promise<void> {
  const answer = await readPart(context, report, () =>
    api.ask("/", { accept: ANY_ERROR, headers: { accept: "text/html" } }),
  );
  if (answer) report("vault_web_vault_up", answer.status < 300 && /<html|<!doctype html/i.test(answer.body) ? 1 : 0);
}
