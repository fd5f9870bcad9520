import { type HttpApi, openApi, type Refusals } from "../sdk";
import type { Context } from "./source";

/** Lists of a big Pi-hole or AdGuard Home have some hundred KiB. */
const MAX_BYTES = 4 * 1_024 * 1_024;

/** The server's web API, asked with the settings' headers and TLS. */
export function openServer(
  context: Context,
  { url, headers, refusals }: { url: string; headers?: Readonly<Record<string, string>>; refusals?: Refusals },
): HttpApi {
  const { config } = context;
  return openApi(context, {
    url,
    headers: { ...config.headers, ...headers },
    tls: config.tls,
    maxBytes: MAX_BYTES,
    refusals,
  });
}
