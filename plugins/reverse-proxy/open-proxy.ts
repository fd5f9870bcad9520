import { type HttpApi, loginHeaders, openApi, type Refusals } from "../sdk";
import type { Context } from "./source";

/** Metrics of a Traefik with hundreds of services have some MiB, because each has a histogram. */
const MAX_BYTES = 16 * 1_024 * 1_024;

/** The proxy's own pages, with the settings' login, headers and TLS. */
export function openProxy({ config, fetch }: Context, url: string, refusals: Refusals = {}): HttpApi {
  const { headers, tls } = config;
  return openApi(
    { fetch },
    { url, tls, refusals, maxBytes: MAX_BYTES, headers: { ...loginHeaders(config), ...headers } },
  );
}
